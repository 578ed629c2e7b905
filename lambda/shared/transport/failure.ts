// SPDX-License-Identifier: Apache-2.0

/** An error as Node's sockets raise them, known by its code. */
export type TransportFailure = NodeJS.ErrnoException;

export function failure(code: string): TransportFailure {
  return Object.assign(new Error(code), { code });
}

/** No answer arrived. */
export class TransportError extends Error {
  /** @param reason an error code such as `ECONNREFUSED`, or `timeout` */
  constructor(readonly reason: string, readonly connectionWasStale = false) {
    super(`no answer: ${reason}`);
  }
}
