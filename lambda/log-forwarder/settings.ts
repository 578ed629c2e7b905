// SPDX-License-Identifier: Apache-2.0
import { version } from '../../package.json';

/** Where the API key is kept. Exactly one source is used: the secret, else the parameter, else the plain value of a local run. */
export interface KeySource {
  readonly secretArn?: string;
  /** The JSON field of the secret that holds the key. */
  readonly secretField?: string;
  readonly parameterName?: string;
  readonly plainText?: string;
}

/** The proxy variables as every HTTP client reads them. */
export interface ProxySettings {
  readonly https?: string;
  readonly http?: string;
  readonly noProxy?: string;
}

export interface Settings {
  readonly intakeUrl: URL;
  readonly globalTags: string;
  /** `ddsource` of logs for which neither the identity map nor the stream says more. */
  readonly globalSource?: string;
  /** The ECS cluster that the forwarder belongs to; entries of the identity map may refer to it. */
  readonly clusterName?: string;
  readonly compressionLevel: number;
  readonly key: KeySource;
  /** Without a bucket, what cannot be delivered fails the invocation. */
  readonly bucket?: string;
  readonly bucketPrefix: string;
  readonly proxy: ProxySettings;
  /** Of this library; goes out as `forwarder_version` and `DD-EVP-ORIGIN-VERSION`. */
  readonly version: string;
}

type Environment = { readonly [name: string]: string | undefined };

/** Reads the function's environment; an empty variable is one that is not set. */
export function readSettings(environment: Environment): Settings {
  const read = (name: string) => environment[name]?.trim() || undefined;
  return {
    intakeUrl: readIntakeUrl(read('DD_LOGS_INTAKE_URL'), read('DD_SITE')),
    globalTags: read('DD_TAGS') ?? '',
    globalSource: read('DD_SOURCE'),
    clusterName: read('DD_ECS_CLUSTER_NAME'),
    compressionLevel: readCompressionLevel(read('DD_COMPRESSION_LEVEL')),
    key: {
      secretArn: read('DD_API_KEY_SECRET_ARN'),
      secretField: read('DD_API_KEY_SECRET_FIELD'),
      parameterName: read('DD_API_KEY_SSM_NAME'),
      plainText: read('DD_API_KEY'),
    },
    bucket: read('DD_S3_BUCKET_NAME'),
    bucketPrefix: read('DD_S3_PREFIX') ?? 'undelivered/',
    proxy: {
      https: read('https_proxy') ?? read('HTTPS_PROXY'),
      http: read('http_proxy') ?? read('HTTP_PROXY'),
      noProxy: read('no_proxy') ?? read('NO_PROXY'),
    },
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

function readCompressionLevel(text = '1'): number {
  // Level 1 costs about 10 % more bytes than level 6 and less than half of its time; an invocation is always paid for, bytes rarely are.
  if (!/^[0-9]$/.test(text)) {
    throw new Error(`DD_COMPRESSION_LEVEL must be a digit from 0 to 9, got: '${text}'`);
  }
  return Number(text);
}
