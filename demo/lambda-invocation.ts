// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { CloudAssembly, referenceOf, resolveValue } from './cloud-assembly';

/** The forwarder as the cloud assembly has it: its code and its environment. */
export interface ForwarderInAssembly {
  readonly codeDirectory: string;
  readonly environment: { readonly [name: string]: string };
}

/** Finds the forwarder: the function that subscription filters point at and that CloudWatch Logs may invoke. */
export function findForwarder({ resources, assets }: CloudAssembly): ForwarderInAssembly | undefined {
  const all = Object.values(resources);
  const destinations = all.filter(({ Type }) => Type === 'AWS::Logs::SubscriptionFilter').map(({ Properties }) => referenceOf(Properties.DestinationArn));
  const permitted = all.filter(({ Type, Properties }) => Type === 'AWS::Lambda::Permission' && resolveValue(Properties.Principal) === 'logs.amazonaws.com')
    .map(({ Properties }) => referenceOf(Properties.FunctionName));
  const id = destinations.find((destination) => permitted.includes(destination));
  if (id === undefined) {
    return undefined;
  }
  const { Code, Environment } = resources[id].Properties;
  const variables: [string, unknown][] = Object.entries(Environment.Variables);
  return {
    codeDirectory: assets[Code.S3Key],
    environment: Object.fromEntries(variables.map(([name, value]) => [name, resolveValue(value)])),
  };
}

/** Whether the function is told where its key is kept, and not the key. */
export function hasSecretKey({ environment }: ForwarderInAssembly): boolean {
  return environment.DD_API_KEY === undefined && KEY_ADDRESSES.some((name) => environment[name] !== undefined);
}

/** Runs the handler in a process of its own, as Lambda does: its code, its environment, event after event. The key and the intake are local ones. */
export function invokeForwarder(forwarder: ForwarderInAssembly, intakeUrl: string, events: object[]): Promise<void> {
  const environment = Object.entries(forwarder.environment).filter(([name]) => !KEY_ADDRESSES.includes(name));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', RUNTIME, forwarder.codeDirectory], {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-west-1',
        ...Object.fromEntries(environment),
        DD_API_KEY: 'a-key-for-this-machine-only',
        DD_LOGS_INTAKE_URL: intakeUrl,
      },
      // Its output is metric lines for CloudWatch.
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the forwarder failed with exit code ${code}`))));
    child.stdin.end(JSON.stringify(events));
  });
}

/** Where a key is kept; which field of a secret is no address by itself. */
const KEY_ADDRESSES = ['DD_API_KEY_SECRET_ARN', 'DD_API_KEY_SSM_NAME'];

/** What Lambda's runtime does, as far as a handler can tell. */
const RUNTIME = `
  const { handler } = require(require('path').resolve(process.argv[1], 'index.js'));
  const deadline = Date.now() + 30000;
  const context = {
    functionName: 'quickstart-forwarder', functionVersion: '$LATEST', awsRequestId: '00000000-0000-4000-8000-000000000000',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:quickstart-forwarder',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  (async () => {
    for (const event of JSON.parse(require('fs').readFileSync(0, 'utf8'))) { await handler(event, context); }
    process.exit(0);
  })().catch((error) => { console.error(String(error)); process.exit(1); });
`;
