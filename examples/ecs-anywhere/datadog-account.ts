// SPDX-License-Identifier: Apache-2.0
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSecret, DatadogSite } from 'cdk-ecs-datadog';

/** Who the stack reports to. The key is in Secrets Manager already, and never stands in the template. */
export function datadogAccount(scope: Construct): DatadogAccount {
  const keys = secretsmanager.Secret.fromSecretNameV2(scope, 'DatadogKeys', 'datadog');
  return new DatadogAccount({ site: DatadogSite.EU1, apiKey: DatadogSecret.fromSecretsManager(keys, 'api-key') });
}
