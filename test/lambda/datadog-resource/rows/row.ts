// SPDX-License-Identifier: Apache-2.0
import { StackResource } from '../cloudformation';
import { Told } from '../response-bucket';
import { World } from '../world';

/** What happens, and what must come of it. */
export interface Row {
  readonly event: string;
  readonly fault: string;
  /** What is in Datadog in the end. `#1` is what was made first. */
  readonly inDatadog: string;
  /** What CloudFormation was told last. */
  readonly told: string;
  play(world: World, resource: StackResource): Promise<Told | undefined>;
}

export interface Played {
  readonly inDatadog: string;
  readonly told: string;
}

/** Plays a row in a world of its own, which `inspect` may look at before it ends. */
export async function play(row: Row, inspect: (world: World) => void = () => undefined): Promise<Played> {
  const world = await World.start();
  try {
    const told = await row.play(world, new StackResource(world));
    inspect(world);
    return { inDatadog: world.inDatadog, told: describe(world, told) };
  } finally {
    await world.stop();
  }
}

function describe(world: World, told: Told | undefined): string {
  if (!told) {
    return 'nothing';
  }
  return told.Status === 'SUCCESS' ? `SUCCESS ${world.nickname(told.PhysicalResourceId)}` : `FAILED: ${told.Reason?.replace(/127\.0\.0\.1:\d+/g, '<host>')}`;
}

/** The answer of Datadog when there were too many requests, https://docs.datadoghq.com/api/latest/rate-limits/. */
export function rateLimited(resetSeconds: number) {
  return {
    status: 429,
    headers: {
      'x-ratelimit-limit': '100', 'x-ratelimit-period': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds), 'x-ratelimit-name': 'monitor',
    },
    body: { status: 'error', code: 429, errors: ['Too many requests'] },
  };
}
