// SPDX-License-Identifier: Apache-2.0

/** What the handler finds as it starts: the key is given, so that nothing is measured but the forwarder. */
export function lambdaEnvironment(intakeUrl: string, compression = 'gzip'): { [name: string]: string } {
  return {
    DD_API_KEY: 'key',
    DD_LOGS_INTAKE_URL: intakeUrl,
    DD_TAGS: 'env:prod,team:shop',
    DD_COMPRESSION_KIND: compression,
    AWS_REGION: 'eu-west-1',
  };
}

export const LAMBDA_CONTEXT = {
  functionName: 'forwarder',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:forwarder',
  awsRequestId: '6b1e0f8a-0000-4000-8000-000000000001',
  getRemainingTimeInMillis: () => 60_000,
};
