// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { decryptThrough } from '../../lib/private/kms-decrypt';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';

function reader() {
  const stack = new Stack(new App(), 'S');
  return { stack, role: new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }) };
}

test('nothing is granted where no key is known', () => {
  const { stack, role } = reader();
  expect(decryptThrough('ssm', undefined, 'eu-west-1', role)).toBeUndefined();
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
});

test('the key decrypts only for the one service in the one region', () => {
  const { stack, role } = reader();
  expect(decryptThrough('ssm', kms.Key.fromKeyArn(stack, 'Key', KEY_ARN), 'eu-west-1', role)?.success).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY_ARN, Condition: { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } },
      }],
    },
  });
});
