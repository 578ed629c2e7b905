// SPDX-License-Identifier: Apache-2.0
import { Aws } from 'aws-cdk-lib';
import { viaService } from '../../lib/private/via-service';

test.each([
  ['eu-west-1', 's3.eu-west-1.amazonaws.com'],
  ['us-gov-west-1', 's3.us-gov-west-1.amazonaws.com'],
  ['xx-new-1', 's3.xx-new-1.amazonaws.com'],
  ['cn-north-1', ['s3.cn-north-1.amazonaws.com', 's3.cn-north-1.amazonaws.com.cn']],
  [Aws.REGION, [`s3.${Aws.REGION}.amazonaws.com`, `s3.${Aws.REGION}.amazonaws.com.cn`]],
])('in region %s a service asks for a key under its own name there', (region, names) => {
  expect(viaService('s3', region)).toEqual({ StringEquals: { 'kms:ViaService': names } });
});
