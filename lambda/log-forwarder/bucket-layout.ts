// SPDX-License-Identifier: Apache-2.0

/** Where in the forwarder's bucket batches wait that the intake did not take. */
export const UNDELIVERED_PREFIX = 'undelivered/';

/** Where Lambda keeps what the function failed on: `async/<function>/…` and, for streams, `<event source mapping>/<shard>/…`. */
export const FAILURE_RECORD_PREFIX = 'aws/lambda/';

/** Where single logs lie that the intake refuses for good, and objects that cannot be read; the metadata says why. No replay reads them. */
export const REFUSED_PREFIX = 'refused/';

/** The lease of the one replay that is under way. */
export const LEASE_KEY = 'replay/lease';

/** The metadata of an object that says why the intake refused it (`x-amz-meta-reason`). */
export const REASON = 'reason';

/** A part of a batch's name, so that names sort by age. */
export function hourPath(time: number): string {
  return new Date(time).toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

/** The hour in which a batch was first stored, as its name says; parts of it keep it. */
export function hourOf(key: string): string | undefined {
  return /^undelivered\/(\d{4}\/\d\d\/\d\d\/\d\d)\//.exec(key)?.[1];
}
