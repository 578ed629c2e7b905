// SPDX-License-Identifier: Apache-2.0
import { statSync } from 'node:fs';
import type { Burst } from './burst';
import { Contest, Costs, hold, median, peakMb, ratio } from './contest';
import { Laboratory } from './laboratory';
import { NodeProcess } from './node-process';

/** What was measured on one Node.js. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The most that is wanted; a figure without it only informs. */
  readonly limit?: number;
  /** The same on every machine, so that a smoke run is as strict. */
  readonly exact?: boolean;
  readonly details?: string;
}

export interface Bench {
  readonly node: string;
  readonly laboratory: Laboratory;
  /** A few rounds of everything. */
  readonly smoke: boolean;
}

const NAMES = { even: '1,000 x 500 B', mixed: '2,000 mixed', large: '10,000 x 500 B' };
type Measured = keyof typeof NAMES;

const PEAK_LIMITS = { even: 100, mixed: 140, large: 200 };

/**
 * V8's options in a function of 256 MB, which is the construct's default: Lambda's runtime leaves a tenth of the memory to the young generation, of
 * three equal spaces, and the rest to the old one. By itself V8 looks at the machine's memory; then the young generation alone may take 128 MB.
 */
const OPTIONS_OF_256_MB = ['--max-semi-space-size=8', '--max-old-space-size=231'];

/** Rounds that take some seconds. */
const ROUNDS = { even: { rounds: 15, invocations: 10 }, mixed: { rounds: 15, invocations: 5 }, large: { rounds: 10, invocations: 2 } };

const COLD_STARTS = 25;

async function contest({ node, laboratory, smoke }: Bench, payload: Measured, more: Partial<Contest> = {}): Promise<Costs> {
  const effort = smoke ? { ...ROUNDS[payload], heats: 1, rounds: 3 } : { ...ROUNDS[payload], heats: 3 };
  return hold({ payload, delayMs: 0, ...effort, ...more }, node, laboratory);
}

/** In processor time, of one payload. */
export async function processorTime(bench: Bench, payload: 'even' | 'mixed'): Promise<Figure[]> {
  const costs = await contest(bench, payload);
  const name = NAMES[payload];
  return [
    { name: `processor time / ceiling, ${name}`, limit: 1.25, ...compared(costs, 'cpuMs', 'handler', 'ceiling') },
    // The ceiling is no straw man: beside the compression it does little.
    { name: `ceiling / bare gzip, ${name}`, limit: payload === 'even' ? 2.2 : undefined, ...compared(costs, 'cpuMs', 'ceiling', 'gzip') },
    { name: `peak memory in MB, ${name}, V8 unbounded`, ...peak(costs) },
  ];
}

export async function zstd(bench: Bench, payload: 'even' | 'mixed'): Promise<Figure[]> {
  const costs = await contest(bench, payload, { compression: 'zstd' });
  return [{ name: `processor time with zstd / ceiling with gzip, ${NAMES[payload]}`, ...compared(costs, 'cpuMs', 'handler', 'ceiling') }];
}

/** With an intake that takes its time. */
export async function wallTime(bench: Bench): Promise<Figure[]> {
  const costs = await contest(bench, 'large', { delayMs: 50 });
  return [
    { name: `wall time / ceiling, ${NAMES.large}, intake answers after 50 ms`, limit: 1.25, ...compared(costs, 'wallMs', 'handler', 'ceiling') },
    { name: `peak memory in MB, ${NAMES.large}, V8 unbounded`, ...peak(costs) },
  ];
}

export async function memory(bench: Bench, payload: Measured): Promise<Figure[]> {
  const costs = await contest(bench, payload, { delayMs: payload === 'large' ? 50 : 0, options: OPTIONS_OF_256_MB });
  return [{ name: `peak memory in MB, ${NAMES[payload]}`, limit: PEAK_LIMITS[payload], ...peak(costs) }];
}

export async function coldStart({ node, laboratory, smoke }: Bench): Promise<Figure[]> {
  const intake = new NodeProcess(node, 1, [laboratory.script('intake'), '0']);
  const times: number[] = [];
  try {
    const url = `http://127.0.0.1:${await intake.message<number>()}/api/v2/logs`;
    for (let start = 0; start < (smoke ? 5 : COLD_STARTS); start++) {
      const process = new NodeProcess(node, 0, [laboratory.script('first-event'), laboratory.handler, laboratory.payload('small'), url]);
      times.push(await process.message<number>());
      await process.end();
    }
  } finally {
    await intake.end();
  }
  return [{ name: 'module load and first event in ms', limit: 100, value: median(times) }];
}

export async function bundleSize({ laboratory }: Bench): Promise<Figure[]> {
  return [{ name: 'bundle in KB', limit: 100, exact: true, value: statSync(laboratory.handler).size / 1024 }];
}

export async function burst({ node, laboratory, smoke }: Bench): Promise<Figure[]> {
  const events = smoke ? 40 : 200;
  const process = new NodeProcess(node, 0, [laboratory.script('burst'), laboratory.handler, String(events)]);
  const { sent, arrived, repeated, stored } = await process.message<Burst>();
  await process.end();
  return [{
    name: 'logs missing or repeated after a burst, intake down for half of it',
    limit: 0,
    exact: true,
    value: sent - arrived + repeated,
    details: `${events} events, ${sent} logs, ${stored} of them stored and replayed`,
  }];
}

function compared(costs: Costs, figure: 'cpuMs' | 'wallMs', one: keyof Costs, other: keyof Costs) {
  const [first, second] = [one, other].map((contestant) => median(costs[contestant].map((cost) => cost[figure])).toFixed(1));
  return { value: ratio(costs, figure, one, other), details: `${first} / ${second} ms` };
}

function peak(costs: Costs) {
  return { value: peakMb(costs, 'handler'), details: `ceiling ${peakMb(costs, 'ceiling').toFixed(0)}` };
}
