// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';

/** Who takes part: the CDK alone, this library, and the other library that does it. */
export const CONTESTANTS = ['plain', 'ours', 'peer'] as const;
export type Contestant = typeof CONTESTANTS[number];

/** What one app cost. */
export interface Cost {
  /** Processor time of construction and synthesis. */
  readonly milliseconds: number;
  readonly peakMiB: number;
  readonly resources: number;
  readonly templateBytes: number;
  /** Time to load the CDK's modules, and after them the library. */
  readonly cdkMilliseconds: number;
  readonly libraryMilliseconds: number;
}

/** The circumstances of a round. */
export interface Scenario {
  readonly services: number;
  readonly awslogs: boolean;
  /** Whether the CDK validates the templates, which costs seconds of its own. */
  readonly validation: boolean;
}

/** All contestants in turns, so that a slow minute of the machine is everybody's. */
export function measure(script: string, directory: string, scenario: Scenario, rounds: number): Record<Contestant, Cost[]> {
  const costs: Record<Contestant, Cost[]> = { plain: [], ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    // Not always in the same order, since the one behind a slow neighbour pays for it.
    for (const who of rotated(round)) {
      costs[who].push(run(script, directory, who, scenario));
    }
  }
  return costs;
}

/** The median of a figure, or of its ratio to another contestant's in the same round. */
export function median(costs: Record<Contestant, Cost[]>, who: Contestant, figure: keyof Cost, to?: Contestant): number {
  const values = costs[who].map((cost, round) => cost[figure] / (to ? costs[to][round][figure] : 1));
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rotated(round: number): Contestant[] {
  const start = round % CONTESTANTS.length;
  return [...CONTESTANTS.slice(start), ...CONTESTANTS.slice(0, start)];
}

function run(script: string, directory: string, who: Contestant, { services, awslogs, validation }: Scenario): Cost {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, who, String(services), awslogs ? 'awslogs' : 'none'], {
    cwd: directory,
    env: { ...process.env, CDK_VALIDATION: validation ? 'true' : 'false' },
    encoding: 'utf-8',
  });
  if (status !== 0) {
    throw new Error(`${who} failed (${status}):\n${stderr}`);
  }
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"milliseconds"')));
}
