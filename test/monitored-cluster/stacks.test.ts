// SPDX-License-Identifier: Apache-2.0
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  addInstances, awslogs, clusterIn, ec2Service, ec2Task, fargateService, fargateTask, filtersOf, IMAGE, monitor, newApp, tasksOf, vpcIn,
  warnings,
} from './fixture';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { MonitoredCluster } from '../../lib/monitored-cluster';

/** A secret with a customer-managed key, both made in the stack. */
function encryptedAccount(stack: Stack): DatadogAccount {
  const encryptionKey = new kms.Key(stack, 'SecretKey');
  return new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret', { encryptionKey }), 'api-key') });
}

/** The names of the stacks that a stack is deployed after. */
function dependencies(stack: Stack): string[] {
  (stack.node.root as App).synth();
  return stack.dependencies.map(({ stackName }) => stackName).sort();
}

describe('a secret with a customer-managed key, owned by the stack of the cluster', () => {
  test('is read by services of another and of a nested stack without a cycle', () => {
    const app = newApp();
    const platform = new Stack(app, 'Platform');
    const team = new Stack(app, 'Team');
    const nested = new NestedStack(team, 'Nested');
    const { cluster } = new MonitoredCluster(platform, 'Monitored', { datadog: encryptedAccount(platform), vpc: vpcIn(platform) });
    addInstances(cluster as ecs.Cluster);
    for (const place of [platform, team, nested]) {
      fargateService(place, 'Web', cluster);
      ec2Service(place, 'Billing', cluster);
    }
    for (const place of [platform, team, nested]) {
      expect(tasksOf(place)).toHaveLength(2);
      expect(warnings(place).filter((warning) => !warning.startsWith('Nested'))).toEqual([]);
    }
    expect(dependencies(team)).toEqual(['Platform']);
    expect(dependencies(platform)).toEqual([]);
  });
});

describe('what is made for a service stands in its stack', () => {
  test('and the stack of the cluster does not know it', () => {
    const templates = [true, false].map((hasService) => {
      const app = newApp();
      const platform = new Stack(app, 'Platform');
      const { cluster } = monitor(platform, { vpc: vpcIn(platform) });
      if (hasService) {
        const team = new Stack(app, 'Team');
        fargateService(team, 'Web', cluster, { serviceName: 'web' });
        expect(Object.keys(filtersOf(team))).toHaveLength(1);
      }
      const template = Template.fromStack(platform).toJSON();
      // The outputs that the other stack imports; and the code of the forwarder, which holds whose line is whose.
      delete template.Outputs;
      Object.values<any>(template.Resources).forEach(({ Properties }) => delete Properties.Code);
      return template;
    });
    expect(templates[0]).toEqual(templates[1]);
  });

  test('a log group of a third stack is subscribed beside the task', () => {
    const app = newApp();
    const [platform, groups, team] = ['Platform', 'Groups', 'Team'].map((id) => new Stack(app, id));
    const { cluster } = monitor(platform, { vpc: vpcIn(platform) });
    const logGroup = new logs.LogGroup(groups, 'Group');
    fargateService(team, 'Web', cluster, {
      taskDefinition: fargateTask(team, 'Task', { logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app', logGroup }) }),
    });
    expect(Object.keys(filtersOf(team))).toHaveLength(1);
    expect(filtersOf(groups)).toEqual({});
    expect(dependencies(groups)).toEqual([]);
  });
});

describe('a MonitoredCluster in another stack than the cluster', () => {
  test('with the services: the platform team owns the cluster, the team its monitoring', () => {
    const app = newApp();
    const [platform, team] = ['Platform', 'Team'].map((id) => new Stack(app, id));
    const cluster = clusterIn(platform);
    addInstances(cluster);
    new MonitoredCluster(team, 'Monitored', { datadog: encryptedAccount(team), cluster });
    fargateService(team, 'Web', cluster);
    ec2Service(team, 'Billing', cluster);
    expect(tasksOf(team)).toHaveLength(2);
    expect(dependencies(platform)).toEqual([]);
    expect(dependencies(team)).toEqual(['Platform']);
  });

  test('apart from the services, which are in the stack of the cluster: the monitoring comes after what it watches', () => {
    const app = newApp();
    const [shop, monitoring] = ['Shop', 'Monitoring'].map((id) => new Stack(app, id));
    const cluster = clusterIn(shop);
    addInstances(cluster);
    fargateService(shop, 'Web', cluster);
    ec2Service(shop, 'Billing', cluster, { taskDefinition: ec2Task(shop, 'BillingTask', { logging: awslogs() }) });
    const taskDefinition = fargateTask(shop, 'NamedTask', { logging: awslogs() });
    taskDefinition.addContainer('named', {
      image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup: logs.LogGroup.fromLogGroupName(shop, 'NamedGroup', '/shop/named') }),
    });
    fargateService(shop, 'Named', cluster, { taskDefinition });
    monitor(monitoring, { cluster });
    expect(dependencies(shop)).toEqual([]);
    expect(dependencies(monitoring)).toEqual(['Shop']);
    expect(tasksOf(shop)).toHaveLength(3);
    expect(filtersOf(shop)).toEqual({});
    expect(Object.keys(filtersOf(monitoring))).toHaveLength(4);
    expect(warnings(shop)).toEqual([]);
  });

  test('in a nested stack of its stack', () => {
    const app = newApp();
    const stack = new Stack(app, 'S');
    const cluster = clusterIn(stack);
    fargateService(stack, 'Web', cluster);
    monitor(new NestedStack(stack, 'Monitoring'), { cluster });
    expect(tasksOf(stack)).toHaveLength(1);
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    Template.fromStack(stack);
  });
});
