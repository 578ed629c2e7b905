// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { forward, GZIP } from './ceiling';
import { LAMBDA_CONTEXT, lambdaEnvironment } from './lambda-environment';

/** What one invocation of a round cost on average, and the process as a whole so far. */
export interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMb: number;
}

/*
 * One contestant in a process of its own, so that its memory is nobody else's. Arguments: its name, the payload's file, the intake, and what it needs
 * besides (`handler`: its bundle and the kind of compression; `ceiling`: what comes behind each message). Each message asks for so many
 * invocations, one after the other, and is answered with their cost.
 */
const [name, payload, url, ...more] = process.argv.slice(2);

const CONTESTANTS: { [name: string]: () => () => unknown } = {
  handler: () => {
    const [bundle, compression] = more;
    Object.assign(process.env, lambdaEnvironment(url, compression));
    const { handler } = createRequire(bundle)(bundle);
    const event = { awslogs: { data: readFileSync(payload, 'latin1') } };
    return () => handler(event, LAMBDA_CONTEXT);
  },
  ceiling: () => {
    const data = readFileSync(payload, 'latin1');
    const tail = Buffer.from(more[0]);
    return () => forward(data, url, tail);
  },
  /** The compression of the arrays that the handler sends, alone. */
  gzip: () => {
    const arrays = readFileSync(payload, 'utf8').split('\n').map((array) => Buffer.from(array));
    return () => arrays.forEach((array) => gzipSync(array, GZIP));
  },
};

const invoke = CONTESTANTS[name]();

async function round(invocations: number): Promise<Cost> {
  const start = performance.now();
  const before = process.cpuUsage();
  for (let invocation = 0; invocation < invocations; invocation++) {
    await invoke();
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000 / invocations, wallMs: (performance.now() - start) / invocations, peakMb: peakMb() };
}

/** By the kernel, where it says: the process's own figure includes what its parent held when it was forked. */
function peakMb(): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))![1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

process.on('message', (invocations: number) => {
  round(invocations).then((cost) => process.send!(cost), (error) => {
    process.stderr.write(`${name}: ${error.stack}\n`);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());
