// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeIntake } from './fake-intake';
import { lambdaContext, subscriptionEvent } from './subscription';
import { IdentityMap } from '../../../lambda/log-forwarder/identity/identity-map';
import { ForwarderHandler, logForwarder } from '../../../lambda/log-forwarder/log-forwarder';
import { MessageRuleDefinitions } from '../../../lambda/log-forwarder/rules/message-rules';
import { readSettings } from '../../../lambda/log-forwarder/settings';
import { FakeAws } from '../../emulators/aws';

export const API_KEY = '0123456789abcdef0123456789abcdef';

const AWS_ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
  AWS_ENDPOINT_URL: '',
};

/** A forwarder between an intake and AWS, all of them real servers on loopback. */
export class Scenario {
  static async start(): Promise<Scenario> {
    return new Scenario(await new FakeIntake().start(), await new FakeAws().start());
  }

  /** What the handler printed, parsed. */
  readonly printed: { [member: string]: unknown }[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'log-forwarder-'));

  private constructor(readonly intake: FakeIntake, readonly aws: FakeAws) {
    Object.assign(process.env, AWS_ENVIRONMENT, { AWS_ENDPOINT_URL: aws.url });
  }

  handler(
    environment: { [name: string]: string | undefined } = {}, identities?: IdentityMap, rules?: MessageRuleDefinitions,
  ): ForwarderHandler {
    if (identities) {
      writeFileSync(join(this.directory, 'identities.json'), JSON.stringify(identities));
    }
    if (rules) {
      writeFileSync(join(this.directory, 'message-rules.json'), JSON.stringify(rules));
    }
    return logForwarder({
      settings: readSettings({
        DD_LOGS_INTAKE_URL: this.intake.url, DD_API_KEY: API_KEY, DD_S3_BUCKET_NAME: 'undelivered-bucket', ...environment,
      }),
      codeDirectory: this.directory,
      print: (line) => { this.printed.push(JSON.parse(line)); },
    });
  }

  /** Forwards these messages with a fresh handler. */
  async forward(texts: readonly string[], environment: { [name: string]: string | undefined } = {}, remainingMs = 20_000): Promise<void> {
    await this.handler(environment)(subscriptionEvent(texts), lambdaContext(remainingMs));
  }

  /** The invocation's counts. */
  get counts(): { [member: string]: unknown } {
    return this.printed.find((line) => 'ReceivedLogs' in line) ?? {};
  }

  /** Replays with a fresh handler. */
  async replay(environment: { [name: string]: string | undefined } = {}, remainingMs = 20_000): Promise<void> {
    await this.handler(environment)({ action: 'replay' }, lambdaContext(remainingMs));
  }

  /** The counts of the last replay. */
  get replayCounts(): { [member: string]: unknown } {
    return this.printed.filter((line) => 'ReplayedLogs' in line).pop() ?? {};
  }

  /** All messages that are somewhere. */
  get everywhere(): string[] {
    return [...this.intake.accepted, ...this.aws.storedLogs].map((log) => log.message).sort();
  }

  async stop(): Promise<void> {
    for (const name of Object.keys(AWS_ENVIRONMENT)) {
      delete process.env[name];
    }
    rmSync(this.directory, { recursive: true });
    await Promise.all([this.intake.stop(), this.aws.stop()]);
  }
}

/** Distinct messages, in the order of `Scenario.everywhere`. */
export function messages(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `secret text of log ${String(index).padStart(6, '0')}`);
}
