// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Every id that a source file of the library writes, without its details. */
function idsInSource(): string[] {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(join(ROOT, 'lib', file), 'utf8'));
  const ids = sources.flatMap((source) => [
    ...source.matchAll(/['`]cdk-ecs-datadog:([a-zA-Z]+)/g),
    // A container's own values are told by one helper.
    ...source.matchAll(/this\.warning\(['`]([a-zA-Z]+)/g),
  ]);
  return [...new Set(ids.map(([, id]) => id))].sort();
}

function idsInDocument(): string[] {
  const document = readFileSync(join(ROOT, 'docs/warnings.md'), 'utf8');
  const firstCells = [...document.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell]) => cell);
  return firstCells.flatMap((cell) => [...cell.matchAll(/`([a-zA-Z]+)/g)].map(([, id]) => id)).sort();
}

test('docs/warnings.md has every warning, each once, and no other', () => {
  expect(idsInSource().length).toBeGreaterThan(20);
  expect(idsInDocument()).toEqual(idsInSource());
});
