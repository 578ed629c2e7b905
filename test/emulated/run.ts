// SPDX-License-Identifier: Apache-2.0
import { deepStrictEqual as equal, match } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesizeForwarder, SynthesizedFunction } from './asset';
import { EmulatedFunction, Lambda } from './emulated-function';
import { Moto } from './moto';
import { answer, FakeIntake } from '../lambda/log-forwarder/fake-intake';
import { messages } from '../lambda/log-forwarder/scenario';
import { subscriptionEvent } from '../lambda/log-forwarder/subscription';

/*
 * The forwarder's synthesized asset as Lambda runs it: under AWS's Runtime Interface Emulator and Node.js client, with the services of moto.
 *
 *   run.ts --emulator <aws-lambda-rie> --client <index.mjs of aws-lambda-ric> --moto <moto_server> --node <node> [--node <node>]
 */
const API_KEY = '0123456789abcdef0123456789abcdef';
const BUCKET = 'undelivered';
const TEXTS = messages(1500);

interface Stage {
  readonly lambda: Lambda;
  readonly moto: Moto;
  readonly intake: FakeIntake;
  readonly secretArn: string;
  readonly directory: string;
}

async function withFunction(
  stage: Stage, synthesized: SynthesizedFunction, overrides: { readonly [name: string]: string }, use: (fn: EmulatedFunction) => Promise<void>,
): Promise<void> {
  const fn = await EmulatedFunction.start(stage.lambda, synthesized, {
    DD_S3_BUCKET_NAME: BUCKET, DD_LOGS_INTAKE_URL: stage.intake.url, AWS_ENDPOINT_URL: stage.moto.url, ...overrides,
  });
  stage.intake.behave = () => 'accept';
  stage.intake.accepted.length = 0;
  try {
    await use(fn);
  } catch (error) {
    process.stderr.write(fn.output);
    throw error;
  } finally {
    fn.stop();
  }
}

const arrived = ({ intake }: Stage) => intake.accepted.map(({ message }) => message).sort();

async function keyInSecret(stage: Stage): Promise<void> {
  const synthesized = synthesizeForwarder(join(stage.directory, 'secret'), 'secret');
  await withFunction(stage, synthesized, { DD_API_KEY_SECRET_ARN: stage.secretArn }, async (fn) => {
    const cold = await fn.invoke(subscriptionEvent(TEXTS));
    equal(cold.answer, null);
    equal(arrived(stage), TEXTS);
    equal(stage.intake.requests.at(-1)?.headers['dd-api-key'], API_KEY);
    const init = /INIT REPORT\(durationMs: ([\d.]+)\)/.exec(fn.output)?.[1];
    say(`cold start, key from Secrets Manager: ${TEXTS.length} logs arrived; init ${Number(init).toFixed(0)} ms, all ${cold.milliseconds.toFixed(0)} ms`);

    stage.intake.behave = (_, response) => answer(response, 404);
    stage.intake.accepted.length = 0;
    equal((await fn.invoke(subscriptionEvent(TEXTS))).answer, null);
    equal((await stage.moto.waitingMessages(BUCKET)).sort(), TEXTS);
    say('a failing intake: everything is in the bucket, and the invocation has succeeded');

    equal((await fn.invoke({ action: 'replay' })).answer, null);
    equal((await stage.moto.waitingMessages(BUCKET)).sort(), TEXTS);
    say('a replay while it still fails: everything is still there');

    stage.intake.behave = () => 'accept';
    equal((await fn.invoke({ action: 'replay' })).answer, null);
    equal(arrived(stage), TEXTS);
    equal(await stage.moto.keys(BUCKET), []);
    say('a replay: everything has arrived once, and the bucket is empty');

    const corrupt = (await fn.invoke({ awslogs: { data: 'bm8gZ3ppcA==' } })).answer as { readonly errorMessage?: string };
    match(String(corrupt.errorMessage), /^The subscription event is corrupt: its data is not gzip in base64$/);
    say('a corrupt event: the invocation fails');
  });
  await withFunction(stage, synthesized, { DD_API_KEY_SECRET_ARN: stage.secretArn.replace('datadog', 'nothing') }, async (fn) => {
    equal((await fn.invoke(subscriptionEvent(TEXTS))).answer, null);
    equal((await stage.moto.waitingMessages(BUCKET)).sort(), TEXTS);
    match(fn.output, /"UndeliveredReasons":\["Could not read the secret of DD_API_KEY_SECRET_ARN: [^"]*ResourceNotFoundException/);
    say('a key that cannot be read: everything is in the bucket, and the metrics say why');
  });
}

async function keyInParameter(stage: Stage): Promise<void> {
  const synthesized = synthesizeForwarder(join(stage.directory, 'parameter'), 'parameter');
  await withFunction(stage, synthesized, {}, async (fn) => {
    equal((await fn.invoke(subscriptionEvent(TEXTS))).answer, null);
    equal(arrived(stage), TEXTS);
    say('cold start, key from the parameter store: everything arrived');
    equal((await fn.invoke({ action: 'replay' })).answer, null);
    equal(arrived(stage), [...TEXTS, ...TEXTS].sort());
    say('a replay by another environment: what waited has arrived');
  });
}

function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

async function main(): Promise<void> {
  const { values: { emulator, client, moto: motoServer, node } } = parseArgs({
    options: { emulator: { type: 'string' }, client: { type: 'string' }, moto: { type: 'string' }, node: { type: 'string', multiple: true } },
  });
  if (!emulator || !client || !motoServer || !node) {
    throw new Error('--emulator, --client, --moto and --node are needed');
  }
  const directory = mkdtempSync(join(tmpdir(), 'emulated-'));
  const intake = await new FakeIntake().start();
  try {
    for (const executable of node) {
      const moto = await Moto.start(motoServer);
      await moto.createBucket(BUCKET);
      await moto.putParameter('/datadog/key', API_KEY);
      const secretArn = await moto.createSecret('datadog', JSON.stringify({ 'api-key': API_KEY }));
      process.stdout.write(`${executable}\n`);
      const stage = { lambda: { emulator, client, node: executable }, moto, intake, secretArn, directory: mkdtempSync(join(directory, 'node-')) };
      await keyInSecret(stage);
      await keyInParameter(stage);
      moto.stop();
    }
  } finally {
    await intake.stop();
    rmSync(directory, { recursive: true });
  }
}

main().then(() => process.exit(), (error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
