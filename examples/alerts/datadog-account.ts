// SPDX-License-Identifier: Apache-2.0
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSecret, DatadogSite } from 'cdk-ecs-datadog';

/**
 * Who the stack reports to. Both keys are in Secrets Manager already, and never stand in the template. Each has a secret of its own: every Agent reads the API key, and
 * only the function that keeps the monitors reads the application key, which can change them.
 */
export function datadogAccount(scope: Construct): DatadogAccount {
  const apiKey = secretsmanager.Secret.fromSecretNameV2(scope, 'DatadogApiKey', 'datadog');
  const applicationKey = secretsmanager.Secret.fromSecretNameV2(scope, 'DatadogApplicationKey', 'datadog-application-key');
  return new DatadogAccount({
    site: DatadogSite.EU1,
    apiKey: DatadogSecret.fromSecretsManager(apiKey, 'api-key'),
    applicationKey: DatadogSecret.fromSecretsManager(applicationKey, 'app-key'),
  });
}
