// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What the handler behind Datadog resources adds to a cold start: the time to load it, and a process that loads it beside one that does nothing.
 *
 *   npx projen bench:provider                          on this Node
 *   npx projen bench:provider --node /path/to/node     on another one, or on several; may be given more than once
 *   npx projen bench:provider --smoke                  a few rounds, only to see that it loads
 */
const LIMITS = { bundleBytes: 60 * 1024, loadMilliseconds: 40 };

const HANDLER = join(__dirname, '../../assets/lambda/datadog-resource/index/index.js');
const EMPTY = 'process.stdout.write("0")';
const LOAD = `const started = performance.now(); require(${JSON.stringify(HANDLER)}); process.stdout.write(String(performance.now() - started))`;

function main(): void {
  const smoke = process.argv.includes('--smoke');
  const nodes = process.argv.flatMap((argument, index) => process.argv[index - 1] === '--node' ? [argument] : []);
  const failures: string[] = [];
  for (const node of nodes.length > 0 ? nodes : [process.execPath]) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    const load: number[] = [];
    const ratio: number[] = [];
    for (let round = 0; round < (smoke ? 3 : 30); round++) {
      const empty = run(node, EMPTY);
      const handler = run(node, LOAD);
      load.push(Number(handler.printed));
      ratio.push(handler.milliseconds / empty.milliseconds);
    }
    const milliseconds = median(load);
    console.log(`Node ${version}: loads in ${milliseconds.toFixed(1)} ms (max ${LIMITS.loadMilliseconds}); process / empty process ${median(ratio).toFixed(2)}`);
    check(failures, `load on Node ${version}`, milliseconds, LIMITS.loadMilliseconds);
  }
  const bytes = statSync(HANDLER).size;
  console.log(`bundle: ${(bytes / 1024).toFixed(1)} KB (max ${LIMITS.bundleBytes / 1024})`);
  check(failures, 'bundle size', bytes, LIMITS.bundleBytes);
  failures.forEach((failure) => console.log(`above its limit: ${failure}`));
  process.exitCode = failures.length > 0 && !smoke ? 1 : 0;
}

function run(node: string, script: string): { milliseconds: number; printed: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(node, ['-e', script], { encoding: 'utf8', env: {} });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return { milliseconds: performance.now() - started, printed: stdout };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function check(failures: string[], what: string, value: number, limit: number): void {
  if (value > limit) {
    failures.push(`${what}: ${value}`);
  }
}

main();
