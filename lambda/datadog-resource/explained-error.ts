// SPDX-License-Identifier: Apache-2.0

/** An error whose message CloudFormation may show as it is. Any other error is a fault of this handler, and its text may quote anything. */
export class ExplainedError extends Error {
  /** @param inLog what may stand in the log, where texts of Datadog are too much, since they quote what they refuse */
  constructor(message: string, readonly inLog: string = message) {
    super(message);
  }
}

/** What CloudFormation is told. */
export function reasonOf(error: unknown): string {
  return error instanceof ExplainedError ? error.message : `A fault of the handler, ${nameOf(error)}; its log says where`;
}

/** What the log is told: of a fault where it happened, not its text. */
export function logTextOf(error: unknown): string {
  if (error instanceof ExplainedError) {
    return error.inLog;
  }
  const frames = error instanceof Error ? error.stack?.match(/^ +at .+$/gm)?.slice(0, 3).map((frame) => frame.trim()) : undefined;
  return [nameOf(error), ...frames ?? []].join(' ');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
