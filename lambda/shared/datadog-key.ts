// SPDX-License-Identifier: Apache-2.0
import { AwsClient } from './aws/aws-client';
import { KeySource } from './key-source';

/** A key of Datadog: read once for all invocations of this environment, and again when Datadog refuses it. */
export class DatadogKey {
  private known?: string;

  constructor(private readonly source: KeySource, private readonly aws: AwsClient) {}

  /** The view of one invocation, which renews the key at most once. Reading begins now, beside whatever else there is to do. */
  forInvocation(leftMs: () => number): KeyOfInvocation {
    return new KeyOfInvocation(this.known, async () => {
      this.known = await readKey(this.source, this.aws, leftMs);
      return this.known;
    });
  }
}

export class KeyOfInvocation {
  private key: Promise<string>;
  private renewal?: Promise<boolean>;

  constructor(known: string | undefined, private readonly read: () => Promise<string>) {
    this.key = known === undefined ? read() : Promise.resolve(known);
    // Whoever needs the key sees the failure; an event that needs none must not fail.
    this.key.catch(() => undefined);
  }

  /** Rejects when the key cannot be read in the time for sending. A failure is not remembered: the next invocation tries anew. */
  async value(): Promise<string> {
    return this.key;
  }

  /** Reads the key again, since it may have been rotated. All refused batches share one renewal. */
  async renew(): Promise<boolean> {
    this.renewal ??= this.read().then(
      (key) => { this.key = Promise.resolve(key); return true; },
      () => false,
    );
    return this.renewal;
  }
}

async function readKey(source: KeySource, aws: AwsClient, leftMs: () => number): Promise<string> {
  if (source.secretArn) {
    const where = `the secret of ${source.variable}_SECRET_ARN`;
    return checked(keyInSecret(await readable(aws.getSecretString(source.secretArn, leftMs), where), source), source, where);
  }
  if (source.parameterName) {
    const where = `the parameter of ${source.variable}_SSM_NAME`;
    return checked(await readable(aws.getParameter(source.parameterName, leftMs), where), source, where);
  }
  if (source.plainText) {
    return checked(source.plainText, source, source.variable);
  }
  throw new Error(
    `No Datadog ${source.what}: set ${source.variable}_SECRET_ARN or ${source.variable}_SSM_NAME (${source.variable} in local runs)`,
  );
}

async function readable(text: Promise<string>, where: string): Promise<string> {
  return text.catch((error: Error) => { throw new Error(`Could not read ${where}: ${error.message}`); });
}

/** The field that was asked for; else what Datadog's own forwarder accepts: the whole text, or a JSON object with the key. */
function keyInSecret(secret: string, { secretField: field, variable, usualFields }: KeySource): unknown {
  if (field === undefined && !secret.trim().startsWith('{')) {
    return secret;
  }
  let fields: { [name: string]: unknown };
  try {
    fields = JSON.parse(secret);
  } catch {
    // Without the cause: the parser's error quotes the secret.
    throw new Error(`The secret of ${variable}_SECRET_ARN is no JSON object`);
  }
  return field === undefined ? usualFields.map((name) => fields[name]).find((value) => typeof value === 'string') : fields?.[field];
}

function checked(key: unknown, { what }: KeySource, where: string): string {
  const trimmed = typeof key === 'string' ? key.trim() : '';
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new Error(`There is no usable Datadog ${what} in ${where}`);
  }
  return trimmed;
}
