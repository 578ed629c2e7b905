// SPDX-License-Identifier: Apache-2.0
import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { PartsStackProps } from './parts-stack';
import { DatadogAwsIntegration } from 'cdk-ecs-datadog';

/** What Datadog may read of the AWS account. A stack of its own, since there is one an account, however many regions and clusters it has. */
export class IntegrationStack extends Stack {
  constructor(scope: Construct, id: string, props: PartsStackProps = {}) {
    super(scope, id, props);
    const externalId = new CfnParameter(this, 'ExternalId', { description: "The external id that Datadog's AWS integration page generated" });
    const { roleName } = new DatadogAwsIntegration(this, 'Integration', {
      datadog: datadogAccount(this, props.site),
      externalId: externalId.valueAsString,
    });
    new CfnOutput(this, 'RoleName', { value: roleName, description: "The role's name, for Datadog's AWS integration page" });
  }
}
