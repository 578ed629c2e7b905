// SPDX-License-Identifier: Apache-2.0
import * as path from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { DatadogCustomResourceOptions } from './datadog-custom-resource-options';
import { DatadogAccount } from '../../account';

/** The handler, bundled when the library is built. The path is the same from `lib/` and from `build/`. */
const HANDLER = path.join(__dirname, '..', '..', '..', '..', 'assets', 'lambda', 'datadog-resource', 'index');

/** Lambda tries an invocation that failed twice more, after one minute and after two. */
export const RESOURCE_SERVICE_TIMEOUT = Duration.minutes(20);

/** The one function of a stack and an account. */
export function resourceFunction(stack: Stack, datadog: DatadogAccount, options: DatadogCustomResourceOptions): lambda.IFunction {
  const existing = stack.node.tryFindChild('DatadogResources');
  if (existing) {
    return existing as lambda.Function;
  }
  const handler = new lambda.Function(stack, 'DatadogResources', {
    runtime: options.runtime ?? lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    timeout: Duration.minutes(5),
    code: lambda.Code.fromAsset(HANDLER),
    environment: {
      DD_SITE: datadog.site.domain,
      DD_API_URL: datadog.site.apiUrl,
      ...datadog.apiKey.lambdaEnvironment('DD_API_KEY'),
      ...datadog.applicationKey?.lambdaEnvironment('DD_APP_KEY'),
    },
    logGroup: new logs.LogGroup(stack, 'DatadogResourcesLogGroup', { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY }),
  });
  datadog.apiKey.grantRead(handler);
  datadog.applicationKey?.grantRead(handler);
  return handler;
}
