// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { KEY_ARN, monitor, newStack, vpcIn, warningText } from './fixture';
import { AlertBackend } from '../../lib/alarms';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

function withApplicationKey(stack: ReturnType<typeof newStack>): DatadogAccount {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Keys', KEY_ARN);
  return new DatadogAccount({
    apiKey: DatadogSecret.fromSecretsManager(secret, 'api-key'),
    applicationKey: DatadogSecret.fromSecretsManager(secret, 'app-key'),
  });
}

function monitorsIn(stack: ReturnType<typeof newStack>): number {
  return Object.keys(Template.fromStack(stack).findResources('Custom::DatadogMonitor')).length;
}

test('without an application key there are CloudWatch alarms only, and that is said once', () => {
  const stack = newStack();
  const { alarms } = monitor(stack, { vpc: vpcIn(stack) });
  expect(alarms.alarms).toHaveLength(7);
  expect(monitorsIn(stack)).toBe(0);
  expect(warningText(stack, 'noDatadogMonitors')).toContain("the DatadogAccount has no 'applicationKey'");
  expect(warningText(stack, 'alarmsWithoutActions')).toContain('notify nobody');
});

test('with one, each rule is a Datadog monitor too', () => {
  const stack = newStack();
  const { alarms } = monitor(stack, { vpc: vpcIn(stack), datadog: withApplicationKey(stack) });
  expect(alarms.alarms).toHaveLength(7);
  expect(alarms.monitors).toHaveLength(7);
  expect(monitorsIn(stack)).toBe(7);
  expect(JSON.stringify(stack.node.findAll().flatMap(({ node }) => node.metadata))).not.toContain('noDatadogMonitors');
  expect(warningText(stack, 'alarmsWithoutActions')).toContain('notify nobody');
});

test('who chooses the backends hears nothing of others', () => {
  const stack = newStack();
  const { alarms } = monitor(stack, { vpc: vpcIn(stack), datadog: withApplicationKey(stack), alertBackends: [AlertBackend.cloudWatch()] });
  expect(alarms.monitors).toEqual([]);
  expect(JSON.stringify(stack.node.findAll().flatMap(({ node }) => node.metadata))).not.toMatch(/noDatadogMonitors|alarmsWithoutActions/);
});
