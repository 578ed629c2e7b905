// SPDX-License-Identifier: Apache-2.0
import { AwsClient } from '../../shared/aws/aws-client';
import { DatadogKey, KeyOfInvocation } from '../../shared/datadog-key';
import { KeySource } from '../../shared/key-source';
import { ExplainedError } from '../explained-error';

/** What Datadog's API asks to be told. */
export interface KeyHeaders {
  readonly 'dd-api-key': string;
  readonly 'dd-application-key': string;
}

/** The two keys. They are read when they are first needed, and kept for later invocations of this environment. */
export class DatadogKeys {
  private readonly apiKey: DatadogKey;
  private readonly applicationKey: DatadogKey;

  constructor(sources: { readonly apiKey: KeySource; readonly applicationKey: KeySource }, aws: AwsClient) {
    this.apiKey = new DatadogKey(sources.apiKey, aws);
    this.applicationKey = new DatadogKey(sources.applicationKey, aws);
  }

  forInvocation(leftMs: () => number): KeysOfInvocation {
    return new KeysOfInvocation(() => [this.apiKey.forInvocation(leftMs), this.applicationKey.forInvocation(leftMs)]);
  }
}

export class KeysOfInvocation {
  private views?: readonly KeyOfInvocation[];
  private readonly seen = new Set<string>();

  constructor(private readonly read: () => readonly KeyOfInvocation[]) {}

  async headers(): Promise<KeyHeaders> {
    this.views ??= this.read();
    const keys: string[] = [];
    // Both are being read by now. In this order, so that it is not chance which of two failures is told.
    for (const view of this.views) {
      keys.push(await view.value().catch((error: Error) => {
        throw new KeyError(error.message);
      }));
    }
    const [apiKey, applicationKey] = keys;
    this.seen.add(apiKey).add(applicationKey);
    return { 'dd-api-key': apiKey, 'dd-application-key': applicationKey };
  }

  /** Reads both again, since they may have been rotated; says whether that could be done. */
  async renew(): Promise<boolean> {
    const renewals = await Promise.all((this.views ?? []).map(async (view) => view.renew()));
    return renewals.includes(true);
  }

  /** A text without the keys, whoever put them into it. */
  redact(text: string): string {
    // The longest first: one may begin with another.
    const keys = [...this.seen].sort((a, b) => b.length - a.length);
    return keys.reduce((redacted, key) => redacted.replaceAll(key, '***'), text);
  }
}

/** A key that cannot be read: nothing was asked of Datadog. */
export class KeyError extends ExplainedError {}
