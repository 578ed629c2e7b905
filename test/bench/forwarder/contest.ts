// SPDX-License-Identifier: Apache-2.0
import { ArrivedLogs } from './arrived-logs';
import type { Cost } from './contestant';
import { Laboratory, Payload } from './laboratory';
import { NodeProcess } from './node-process';

export interface Contest {
  readonly payload: Payload;
  /** After how many milliseconds the intake answers. */
  readonly delayMs: number;
  readonly compression?: 'gzip' | 'zstd';
  /** Of V8. */
  readonly options?: readonly string[];
  /** Each in new processes: what compiler and collector make of a program differs from process to process. */
  readonly heats: number;
  readonly rounds: number;
  /** Of each contestant in each round. */
  readonly invocations: number;
}

/** What the rounds cost; the same round, the same index. */
export interface Costs {
  readonly handler: Cost[];
  readonly ceiling: Cost[];
  readonly gzip: Cost[];
}

/** All contestants in turns, so that a slow minute of the machine is everybody's. */
export async function hold(contest: Contest, node: string, laboratory: Laboratory): Promise<Costs> {
  const costs: Costs = { handler: [], ceiling: [], gzip: [] };
  for (let heat = 0; heat < contest.heats; heat++) {
    await holdHeat(contest, node, laboratory, costs);
  }
  return costs;
}

async function holdHeat(contest: Contest, node: string, laboratory: Laboratory, costs: Costs): Promise<void> {
  const processes: NodeProcess[] = [];
  const start = (core: 0 | 1, ...command: string[]) => {
    processes.push(new NodeProcess(node, core, command));
    return processes[processes.length - 1];
  };
  const contestant = (...args: string[]) => start(0, ...contest.options ?? [], laboratory.script('contestant'), ...args);
  try {
    const intake = start(1, laboratory.script('intake'), String(contest.delayMs));
    const url = `http://127.0.0.1:${await intake.message<number>()}/api/v2/logs`;
    const payload = laboratory.payload(contest.payload);
    const handler = contestant('handler', payload, url, laboratory.handler, contest.compression ?? 'gzip');
    await handler.ask(1);
    const sent = await ArrivedLogs.at(url);
    const ceiling = contestant('ceiling', payload, url, sent.tail);
    await ceiling.ask(1);
    (await ArrivedLogs.at(url)).check(sent);
    const gzip = contestant('gzip', laboratory.write('arrays', sent.arrays.join('\n')));
    // Each round begins with another one.
    const order = Object.entries({ handler, ceiling, gzip });
    const warmUp = Math.ceil(contest.rounds / 3);
    for (let round = -warmUp; round < contest.rounds; round++) {
      for (const [name, process] of order) {
        const cost = await process.ask<Cost>(contest.invocations);
        if (round >= 0) {
          costs[name as keyof Costs].push(cost);
        }
      }
      order.push(order.shift()!);
      await checkArrived(url, 2 * contest.invocations * sent.logs.length);
    }
  } finally {
    await Promise.all(processes.map((process) => process.end()));
  }
}

async function checkArrived(url: string, expected: number): Promise<void> {
  const { logs } = await ArrivedLogs.at(url);
  if (logs.length !== expected) {
    throw new Error(`${logs.length} of ${expected} logs arrived`);
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The most memory that any of a contestant's processes had. */
export function peakMb(costs: Costs, contestant: keyof Costs): number {
  return Math.max(...costs[contestant].map((cost) => cost.peakMb));
}

/** The median of a figure's ratio between two contestants of the same round. */
export function ratio(costs: Costs, figure: 'cpuMs' | 'wallMs', one: keyof Costs, other: keyof Costs): number {
  return median(costs[one].map((cost, round) => cost[figure] / costs[other][round][figure]));
}
