// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { Laboratory } from './laboratory';
import { Bench, bundleSize, burst, coldStart, Figure, memory, processorTime, wallTime, zstd } from './measurements';

/*
 * The bundled handler against the shortest possible pipeline, on one core, in turns.
 *
 *   npx projen bench                          on this Node
 *   npx projen bench --node /path/to/node     on another one, or on several; may be given more than once
 *   npx projen bench --smoke                  a few rounds; everything has to arrive, and to be below 1.5 times what is wanted
 */
const SMOKE_TOLERANCE = 1.5;

/** The first Node.js with zstd; older ones of 22 have it, too. */
const ZSTD_MAJOR = 24;

async function main(): Promise<void> {
  const smoke = process.argv.includes('--smoke');
  const nodes = process.argv.flatMap((argument, index) => process.argv[index - 1] === '--node' ? [argument] : []);
  const laboratory = new Laboratory();
  const failures: string[] = [];
  try {
    for (const node of nodes.length > 0 ? nodes : [process.execPath]) {
      const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
      console.log(`\nNode.js ${version}\n`);
      for await (const figure of figures({ node, laboratory, smoke }, version)) {
        const { limit, exact, name, value } = figure;
        const isAbove = limit !== undefined && value > limit * (smoke && !exact ? SMOKE_TOLERANCE : 1);
        console.log(row(figure, isAbove));
        failures.push(...isAbove ? [`${name} on ${version}`] : []);
      }
    }
  } finally {
    laboratory.close();
  }
  failures.forEach((failure) => console.log(`\nabove its limit: ${failure}`));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

async function* figures(bench: Bench, version: string): AsyncGenerator<Figure> {
  yield* await processorTime(bench, 'even');
  yield* await processorTime(bench, 'mixed');
  yield* await wallTime(bench);
  yield* await memory(bench, 'even');
  yield* await memory(bench, 'mixed');
  yield* await memory(bench, 'large');
  yield* await coldStart(bench);
  yield* await bundleSize(bench);
  yield* await burst(bench);
  if (parseInt(version.slice(1)) >= ZSTD_MAJOR) {
    yield* await zstd(bench, 'even');
    yield* await zstd(bench, 'mixed');
  }
}

function row({ name, value, limit, details = '' }: Figure, isAbove: boolean): string {
  const digits = value < 10 && !Number.isInteger(value) ? 2 : 0;
  const wanted = limit === undefined ? '' : `at most ${limit}`;
  return `${isAbove ? '!' : ' '} ${name.padEnd(70)} ${value.toFixed(digits).padStart(6)}  ${wanted.padEnd(13)} ${details}`;
}

void main();
