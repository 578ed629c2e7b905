// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { ceiling, GZIP } from './ceiling';
import { subscriptionData } from './realistic-logs';

/* Runs the contestants in turns in this process; prints the result as JSON. Arguments: the handler's bundle, the intake's script, the rounds. */
const LOGS = 1000;
const [bundle, intakeScript, rounds] = process.argv.slice(2);

const context = {
  functionName: 'forwarder',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:forwarder',
  awsRequestId: '6b1e0f8a-0000-4000-8000-000000000001',
  getRemainingTimeInMillis: () => 60_000,
};

async function main(): Promise<void> {
  const intake = fork(intakeScript);
  const port = await new Promise((resolve) => intake.once('message', resolve));
  const url = `http://127.0.0.1:${port}/api/v2/logs`;
  Object.assign(process.env, { DD_API_KEY: 'key', DD_LOGS_INTAKE_URL: url, DD_TAGS: 'env:prod,team:shop', AWS_REGION: 'eu-west-1' });

  const beforeImport = performance.now();
  const { handler } = createRequire(bundle)(bundle);
  const importMilliseconds = performance.now() - beforeImport;

  const data = subscriptionData(LOGS, 500);
  const event = { awslogs: { data } };
  // Both send the same tail, so that both compress the same bytes.
  await silently(() => handler(event, context));
  const sent = await (await fetch(`${url}/last`)).text();
  const tail = tailOf(sent);
  const arrays = (await ceiling(data, url, tail)).map((array) => Buffer.from(array));
  if (arrays.length !== 1 || arrays[0].toString() !== sent) {
    throw new Error('The ceiling does not send what the handler sends');
  }

  const contestants = {
    gzip: async () => arrays.forEach((array) => gzipSync(array, GZIP)),
    ceiling: async () => ceiling(data, url, tail),
    handler: async () => silently(() => handler(event, context)),
  };
  const times: { [name in keyof typeof contestants]: number[] } = { gzip: [], ceiling: [], handler: [] };
  const warmUp = Math.ceil(Number(rounds) / 5);
  const before = await arrived(url);
  for (let round = -warmUp; round < Number(rounds); round++) {
    for (const name of ['handler', 'ceiling', 'gzip'] as const) {
      const start = process.cpuUsage();
      await contestants[name]();
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) {
        times[name].push((user + system) / 1000);
      }
    }
  }
  const expected = 2 * LOGS * (Number(rounds) + warmUp);
  const actual = await arrived(url) - before;
  if (actual !== expected) {
    throw new Error(`${actual} of ${expected} logs arrived`);
  }
  process.stdout.write(JSON.stringify({
    node: process.versions.node,
    milliseconds: { handler: median(times.handler), ceiling: median(times.ceiling), gzip: median(times.gzip) },
    handlerToCeiling: median(times.handler.map((time, round) => time / times.ceiling[round])),
    ceilingToGzip: median(times.ceiling.map((time, round) => time / times.gzip[round])),
    importMilliseconds,
  }), () => process.exit());
}

/** What comes behind the message of the first log. */
function tailOf(array: string): Buffer {
  const [first] = JSON.parse(array);
  const start = `[{"id":"${first.id}","timestamp":${first.timestamp},"message":${JSON.stringify(first.message)}`.length;
  return Buffer.from(array.slice(start, array.indexOf(',{"id":"', start)));
}

/** The metric lines of hundreds of rounds are nobody's reading. */
async function silently(work: () => Promise<void>): Promise<void> {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
}

async function arrived(url: string): Promise<number> {
  return Number(await (await fetch(url)).text());
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
