// SPDX-License-Identifier: Apache-2.0
import { CONFIDENTIAL } from './definitions';
import { API_KEY, APPLICATION_KEY, World } from './world';

/** What left the function and should not have: empty if all is well. */
export function leaks(world: World): string[] {
  const { datadog, aws, responses, lambda } = world;
  const keys = [...aws.secrets.values(), datadog.keys.api, datadog.keys.application].flatMap((secret) => secret.match(/[0-9a-f]{32,}/g) ?? []);
  // Also those that were rotated since.
  const credentials = [...new Set([...keys, API_KEY, APPLICATION_KEY, 'wJalrXUtnFEMI'])];
  const signature = 'X-Amz-Signature';
  return [
    // Datadog gets the keys in two headers, and nowhere else.
    ...find('a request to Datadog', datadog.requests.map(({ method, path, body, headers }) => {
      const { 'dd-api-key': apiKey, 'dd-application-key': applicationKey, ...others } = headers;
      return `${method} ${path} ${JSON.stringify(others)} ${body} ${String(apiKey).length} ${String(applicationKey).length}`;
    }), [...credentials, signature]),
    ...find('an answer to CloudFormation', responses.texts, [...credentials, signature, CONFIDENTIAL]),
    ...find('the log', lambda.printed.split('\n'), [...credentials, signature, CONFIDENTIAL, 'avg(last_5m)', 'status:error']),
  ];
}

function find(where: string, texts: readonly string[], secrets: readonly string[]): string[] {
  return texts.flatMap((text) => secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${where}: ${text}`));
}
