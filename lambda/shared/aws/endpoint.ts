// SPDX-License-Identifier: Apache-2.0

export type AwsService = 's3' | 'secretsmanager' | 'ssm';

/** The names of the AWS SDK's own variables. */
const OVERRIDES: { readonly [service in AwsService]: string } = {
  s3: 'AWS_ENDPOINT_URL_S3',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
};

/** The domains of the partitions, by the beginning of their region names. */
const DOMAINS: readonly [string, string][] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
];

/** Where a service is called: as the SDK's variables say, else in public. */
export function serviceEndpoint(service: AwsService, region: string): URL {
  const override = endpointOverride(service);
  return new URL(override ?? `https://${service}.${region}.${domain(region)}/`);
}

/** Where an object is. The bucket goes into the host name, except where that cannot work: own endpoints, and dots (TLS). */
export function objectUrl(bucket: string, escapedKey: string, region: string): URL {
  const override = endpointOverride('s3');
  if (override || bucket.includes('.')) {
    return new URL(`${(override ?? serviceEndpoint('s3', region).href).replace(/\/$/, '')}/${bucket}/${escapedKey}`);
  }
  return new URL(`https://${bucket}.s3.${region}.${domain(region)}/${escapedKey}`);
}

function endpointOverride(service: AwsService): string | undefined {
  return process.env[OVERRIDES[service]] || process.env.AWS_ENDPOINT_URL || undefined;
}

function domain(region: string): string {
  return DOMAINS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
}
