// SPDX-License-Identifier: Apache-2.0
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSecret, DatadogSite } from 'cdk-ecs-datadog';

/** Who a stack reports to. The key is a SecureString in Parameter Store, made by hand once an account and region. */
export function datadogAccount(scope: Construct, site: DatadogSite = DatadogSite.US1): DatadogAccount {
  const apiKey = ssm.StringParameter.fromSecureStringParameterAttributes(scope, 'DatadogApiKey', { parameterName: '/datadog/api-key' });
  return new DatadogAccount({ site, apiKey: DatadogSecret.fromSsmParameter(apiKey) });
}
