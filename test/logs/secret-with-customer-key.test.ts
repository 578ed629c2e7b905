// SPDX-License-Identifier: Apache-2.0
import { NestedStack, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { awslogs, filtersOf, image, newApp } from './fixture';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { LogForwarder } from '../../lib/logs';

const ALL_OFF = Object.fromEntries(Object.entries(recommendedFlags).filter(([, value]) => value === true).map(([flag]) => [flag, false]));

describe.each([
  ['all recommended feature flags', recommendedFlags],
  ['every recommended feature flag off', ALL_OFF],
  ['no feature flag set', {}],
])('with %s', (_name, context) => {
  test.each([
    ['the forwarder\'s stack', (central: Stack) => central],
    ['a stack of its own', (central: Stack) => new Stack(central.node.scope!, 'Secrets')],
  ])('a secret with a customer-managed key in %s, tasks and groups in another and in a nested stack: no cycle', (_place, stackOfSecret) => {
    const app = newApp({ context });
    const central = new Stack(app, 'Central');
    const services = new Stack(app, 'Services');
    const nested = new NestedStack(services, 'Nested');
    const place = stackOfSecret(central);
    const secret = new secretsmanager.Secret(place, 'Secret', { encryptionKey: new kms.Key(place, 'Key') });
    const forwarder = new LogForwarder(central, 'Forwarder', {
      datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret) }), encryptionKey: new kms.Key(place, 'LogKey'),
    });
    const task = (scope: Construct) => {
      const taskDefinition = new ecs.FargateTaskDefinition(scope, 'Task');
      taskDefinition.addContainer('app', { image, logging: awslogs() });
      forwarder.addTaskDefinition(taskDefinition, { service: 'web' });
    };
    task(services);
    task(nested);
    forwarder.addLogGroup(new logs.LogGroup(services, 'Group'));

    expect(() => app.synth()).not.toThrow();
    expect(filtersOf(services)).toHaveLength(2);
    expect(filtersOf(nested)).toHaveLength(1);
    expect(services.dependencies).toContain(central);
    expect(central.dependencies).not.toContain(services);
  });
});
