// SPDX-License-Identifier: Apache-2.0
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { viaService } from './via-service';

/** Lets `grantee` decrypt with `key`, only when `service` of that region asks. Nothing is granted where no key is known. */
export function decryptThrough(service: string, key: kms.IKey | undefined, region: string, grantee: iam.IGrantable): iam.Grant | undefined {
  if (!key) {
    return undefined;
  }
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [key.keyArn],
    conditions: viaService(service, region),
  });
}
