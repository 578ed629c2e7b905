// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LAMBDA_CONTEXT, lambdaEnvironment } from './lambda-environment';

/*
 * A cold start: the handler's module is loaded and its first event forwarded. Arguments: the bundle, the payload's file, the intake. Sends the
 * milliseconds.
 */
const [bundle, payload, url] = process.argv.slice(2);

async function main(): Promise<void> {
  Object.assign(process.env, lambdaEnvironment(url));
  const event = { awslogs: { data: readFileSync(payload, 'latin1') } };
  const start = performance.now();
  await createRequire(bundle)(bundle).handler(event, LAMBDA_CONTEXT);
  process.send!(performance.now() - start, () => process.exit());
}

void main();
