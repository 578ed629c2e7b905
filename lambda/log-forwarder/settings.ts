// SPDX-License-Identifier: Apache-2.0
import { version } from '../../package.json';
import { Encoding } from './compression/compression';
import { Environment, readVariable } from '../shared/environment';
import { KeySource, readApiKeySource } from '../shared/key-source';
import { ProxySettings, readProxySettings } from '../shared/transport/proxy-settings';

export interface Settings {
  readonly intakeUrl: URL;
  readonly globalTags: string;
  /** `ddsource` of logs for which neither the identity map nor the stream says more. */
  readonly globalSource?: string;
  /** The ECS cluster that the forwarder belongs to; entries of the identity map may refer to it. */
  readonly clusterName?: string;
  readonly compressionKind: Encoding;
  /** Of gzip. */
  readonly compressionLevel: number;
  readonly key: KeySource;
  /** Without a bucket, what cannot be delivered fails the invocation. */
  readonly bucket?: string;
  readonly proxy: ProxySettings;
  /** Of this library; goes out as `forwarder_version` and `DD-EVP-ORIGIN-VERSION`. */
  readonly version: string;
}

/** Reads the function's environment. */
export function readSettings(environment: Environment): Settings {
  const read = (name: string) => readVariable(environment, name);
  return {
    intakeUrl: readIntakeUrl(read('DD_LOGS_INTAKE_URL'), read('DD_SITE')),
    globalTags: read('DD_TAGS') ?? '',
    globalSource: read('DD_SOURCE'),
    clusterName: read('DD_ECS_CLUSTER_NAME'),
    compressionKind: readCompressionKind(read('DD_COMPRESSION_KIND')),
    compressionLevel: readCompressionLevel(read('DD_COMPRESSION_LEVEL')),
    key: readApiKeySource(environment),
    bucket: read('DD_S3_BUCKET_NAME'),
    proxy: readProxySettings(environment),
    version,
  };
}

function readIntakeUrl(override: string | undefined, site = 'datadoghq.com'): URL {
  const url = override ?? `https://http-intake.logs.${site}/api/v2/logs`;
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw new Error(`${override ? 'DD_LOGS_INTAKE_URL' : 'DD_SITE'} makes no HTTP address: '${url}'`);
  }
  return new URL(url);
}

function readCompressionKind(text = 'gzip'): Encoding {
  if (text !== 'gzip' && text !== 'zstd') {
    throw new Error(`DD_COMPRESSION_KIND must be gzip or zstd, got: '${text}'`);
  }
  return text;
}

function readCompressionLevel(text = '1'): number {
  // Level 1 costs about 10 % more bytes than level 6 and less than half of its time; an invocation is always paid for, bytes rarely are.
  if (!/^[0-9]$/.test(text)) {
    throw new Error(`DD_COMPRESSION_LEVEL must be a digit from 0 to 9, got: '${text}'`);
  }
  return Number(text);
}
