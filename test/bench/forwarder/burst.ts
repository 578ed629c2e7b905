// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { LAMBDA_CONTEXT, lambdaEnvironment } from './lambda-environment';
import { distinctLogs } from './realistic-logs';
import { FakeAws } from '../../emulators/aws';

/*
 * A burst of events while the intake is down, as many again once it is up, then replays until nothing waits. Arguments: the bundle, the events.
 * Sends how many logs were handed over, how many arrived, and how many of them more than once.
 */
const [bundle, events] = process.argv.slice(2);
const LOGS = 50;
/** Of an invocation while the intake is down, which sends for half of it and has the rest for storing. */
const SHORT_MS = 6000;
const MAX_REPLAYS = 10;

export interface Burst {
  readonly sent: number;
  readonly arrived: number;
  readonly repeated: number;
  /** While the intake was down. */
  readonly stored: number;
}

async function main(): Promise<Burst> {
  const aws = await new FakeAws().start();
  const arrivals: string[] = [];
  let isUp = false;
  const intake = createServer((request, response) => {
    if (!isUp) {
      request.socket.resetAndDestroy();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrivals.push(...JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()).map(({ message }: { message: string }) => message));
      response.writeHead(202).end('{}');
    });
  });
  await new Promise<void>((resolve) => intake.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, lambdaEnvironment(`http://127.0.0.1:${(intake.address() as AddressInfo).port}/`), {
    DD_S3_BUCKET_NAME: 'bucket', AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret',
  });
  const { handler } = createRequire(bundle)(bundle);
  const half = Number(events) / 2;
  const invoke = async (index: number, more = {}) => handler(
    { awslogs: { data: distinctLogs(`event ${index}`, LOGS) } }, { ...LAMBDA_CONTEXT, awsRequestId: `request-${index}`, ...more },
  );
  await Promise.all(Array.from({ length: half }, async (_, index) => invoke(index, { getRemainingTimeInMillis: () => SHORT_MS })));
  const stored = aws.storedLogs.length;
  isUp = true;
  await Promise.all(Array.from({ length: half }, async (_, index) => invoke(half + index)));
  for (let replays = 0; aws.s3.objects.size > 0 && replays < MAX_REPLAYS; replays++) {
    await handler({ action: 'replay' }, LAMBDA_CONTEXT);
  }
  const arrived = new Set(arrivals);
  return { sent: 2 * half * LOGS, arrived: arrived.size, repeated: arrivals.length - arrived.size, stored };
}

main().then((burst) => process.send!(burst, () => process.exit()), (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
