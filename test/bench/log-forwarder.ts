// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/*
 * The bundled handler against the shortest possible pipeline, and that against the compression alone, in processor time.
 *
 *   npx projen bench                          on this Node
 *   npx projen bench --node /path/to/node     on another one, or on several; may be given more than once
 *   npx projen bench --smoke                  a few rounds, only to see that everything arrives
 */
const LIMITS = { handlerToCeiling: 1.5, ceilingToGzip: 2.2, bundleBytes: 150 * 1024 };

const HANDLER = join(__dirname, '../../assets/lambda/log-forwarder/index/index.js');

interface Measured {
  readonly node: string;
  readonly milliseconds: { readonly handler: number; readonly ceiling: number; readonly gzip: number };
  readonly handlerToCeiling: number;
  readonly ceilingToGzip: number;
  readonly importMilliseconds: number;
}

function main(): void {
  const smoke = process.argv.includes('--smoke');
  const nodes = process.argv.flatMap((argument, index) => process.argv[index - 1] === '--node' ? [argument] : []);
  const directory = mkdtempSync(join(tmpdir(), 'log-forwarder-bench-'));
  const failures: string[] = [];
  try {
    const [rounds, intake] = ['rounds', 'intake'].map((name) => compile(name, directory));
    console.log('1,000 logs of 500 bytes; processor time of one invocation, median, in milliseconds\n');
    console.log(row('', 'gzip -1 alone', 'ceiling', 'handler', 'ceiling / gzip', 'handler / ceiling', 'import'));
    for (const node of nodes.length > 0 ? nodes : [process.execPath]) {
      const measured = run(node, [rounds, HANDLER, intake, smoke ? '5' : '150']);
      const { gzip, ceiling, handler } = measured.milliseconds;
      console.log(row(
        `Node ${measured.node}`, gzip.toFixed(2), ceiling.toFixed(2), handler.toFixed(2),
        `${measured.ceilingToGzip.toFixed(2)} (max ${LIMITS.ceilingToGzip})`, `${measured.handlerToCeiling.toFixed(2)} (max ${LIMITS.handlerToCeiling})`,
        measured.importMilliseconds.toFixed(1),
      ));
      check(failures, `ceiling / gzip on Node ${measured.node}`, measured.ceilingToGzip, LIMITS.ceilingToGzip);
      check(failures, `handler / ceiling on Node ${measured.node}`, measured.handlerToCeiling, LIMITS.handlerToCeiling);
    }
    const bytes = statSync(HANDLER).size;
    console.log(`\nbundle: ${(bytes / 1024).toFixed(1)} KB (max ${LIMITS.bundleBytes / 1024})`);
    check(failures, 'bundle size', bytes, LIMITS.bundleBytes);
  } finally {
    rmSync(directory, { recursive: true });
  }
  failures.forEach((failure) => console.log(`above its limit: ${failure}`));
  process.exitCode = failures.length > 0 && !smoke ? 1 : 0;
}

/** Plain JavaScript, so that every version of Node runs the same text. */
function compile(name: string, directory: string): string {
  const outfile = join(directory, `${name}.js`);
  buildSync({ entryPoints: [join(__dirname, `${name}.ts`)], outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' });
  return outfile;
}

function run(node: string, args: string[]): Measured {
  const { status, stdout, error } = spawnSync(node, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) {
    throw error ?? new Error(`${node} ended with status ${status}`);
  }
  return JSON.parse(stdout);
}

function check(failures: string[], what: string, value: number, limit: number): void {
  if (value > limit) {
    failures.push(`${what}: ${value}`);
  }
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => index === 0 ? cell.padEnd(16) : cell.padStart(19)).join('');
}

main();
