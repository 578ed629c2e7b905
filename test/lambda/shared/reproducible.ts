// SPDX-License-Identifier: Apache-2.0

/** Settings of a property suite; the seed is printed, and `PROPERTY_SEED` repeats a run. */
export function reproducible(): { seed: number; numRuns: number } {
  const seed = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`${expect.getState().currentTestName}: PROPERTY_SEED=${seed}\n`);
  return { seed, numRuns: 2000 };
}
