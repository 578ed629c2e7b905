// SPDX-License-Identifier: Apache-2.0
import { Compression } from './compression/compression';
import { Slots } from './delivery/slots';
import { IdentityMap, readIdentityMap } from './identity/identity-map';
import { MessageRules, readMessageRules } from './rules/message-rules';
import { Settings } from './settings';
import { AwsClient } from '../shared/aws/aws-client';
import { S3Bucket } from '../shared/aws/s3-bucket';
import { DatadogKey } from '../shared/datadog-key';
import { HttpClient } from '../shared/transport/http-client';

/** Requests under way at once. The intake's latency is then paid once, not per batch. */
export const CONNECTIONS = 8;

export interface LogForwarderOptions {
  readonly settings: Settings;
  /** Where `identities.json` and `message-rules.json` may lie. */
  readonly codeDirectory: string;
  /** Takes the metric lines, the only thing that is ever printed. */
  readonly print?: (line: string) => void;
}

/** What all invocations of one execution environment share. */
export class ExecutionEnvironment {
  readonly settings: Settings;
  readonly http: HttpClient;
  /** Where undelivered logs are kept, if anywhere. */
  readonly bucket?: S3Bucket;
  readonly apiKey: DatadogKey;
  readonly compression: Compression;
  readonly slots = new Slots(CONNECTIONS);
  readonly print: (line: string) => void;
  private readonly codeDirectory: string;
  private codeFiles?: { readonly identities: IdentityMap; readonly rules?: MessageRules };

  constructor({ settings, codeDirectory, print = (line) => process.stdout.write(line) }: LogForwarderOptions) {
    this.settings = settings;
    this.http = new HttpClient(settings.proxy, CONNECTIONS);
    this.bucket = settings.bucket === undefined ? undefined : new S3Bucket(this.http, settings.bucket);
    this.apiKey = new DatadogKey(settings.key, new AwsClient(this.http));
    this.compression = new Compression(settings.compressionKind, settings.compressionLevel);
    this.codeDirectory = codeDirectory;
    this.print = print;
  }

  get identities(): IdentityMap {
    return this.readCodeFiles().identities;
  }

  get rules(): MessageRules | undefined {
    return this.readCodeFiles().rules;
  }

  /** With the first event, so that a broken file fails an invocation, which is repeated and kept, and not the start. */
  private readCodeFiles() {
    this.codeFiles ??= { identities: readIdentityMap(this.codeDirectory), rules: readMessageRules(this.codeDirectory) };
    return this.codeFiles;
  }
}
