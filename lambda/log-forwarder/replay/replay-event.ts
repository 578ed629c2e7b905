// SPDX-License-Identifier: Apache-2.0

/** What the schedule invokes the function with. */
export interface ReplayEvent {
  readonly action: 'replay';
}

export function isReplayEvent(event: unknown): event is ReplayEvent {
  return (event as Partial<ReplayEvent> | null)?.action === 'replay';
}
