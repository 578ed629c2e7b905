// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';

const AWS = 'amazonaws.com';
const CHINA = 'amazonaws.com.cn';

/**
 * The condition that a key is used only when `service` of that region asks on somebody's behalf.
 *
 * The documented form of the name ends in `amazonaws.com`. Whether it ends like the endpoints in partitions where those end otherwise is not documented,
 * so there either is accepted: no other service goes by one of them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, region: string): { readonly StringEquals: { readonly [key: string]: string | string[] } } {
  const suffix = Token.isUnresolved(region) ? CHINA : RegionInfo.get(region).domainSuffix ?? AWS;
  const names = [...new Set([AWS, suffix])].map((ending) => `${service}.${region}.${ending}`);
  return { StringEquals: { 'kms:ViaService': names.length === 1 ? names[0] : names } };
}
