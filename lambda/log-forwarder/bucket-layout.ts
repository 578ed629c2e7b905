// SPDX-License-Identifier: Apache-2.0

/** Where in the forwarder's bucket batches wait that the intake did not take. */
export const UNDELIVERED_PREFIX = 'undelivered/';
