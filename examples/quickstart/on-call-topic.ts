// SPDX-License-Identifier: Apache-2.0
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/**
 * An encrypted topic that CloudWatch alarms can reach. With the key `alias/aws/sns` they could not, and a topic that has a policy of its own
 * no longer has the default one, which let them in.
 */
export class OnCallTopic extends sns.Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, { enforceSSL: true, masterKey: new kms.Key(scope, `${id}Key`, { enableKeyRotation: true }) });
    this.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
  }
}
