// SPDX-License-Identifier: Apache-2.0

/** Nothing was made, so that deleting it asks nobody. */
export const NOTHING_CREATED = 'not-created';

const PERHAPS_CREATED = /^perhaps-created\/([0-9a-f]+)$/;

/** The physical id of a resource whose creation failed without it being known what became of it. CloudFormation sends it back to have it deleted. */
export function perhapsCreated(requestHash: string): string {
  return `perhaps-created/${requestHash}`;
}

/** The create request that such an id stands for. */
export function requestOfPerhapsCreated(physicalId: string): string | undefined {
  return PERHAPS_CREATED.exec(physicalId)?.[1];
}
