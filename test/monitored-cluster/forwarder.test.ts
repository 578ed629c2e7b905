// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { account, clusterIn, fargateService, monitor, newStack, vpcIn } from './fixture';
import { LogForwarder } from '../../lib/logs';
import { MonitoredCluster } from '../../lib/monitored-cluster';
import { codeOf } from '../logs/fixture';

const RECOMMENDED = ['CpuUtilization', 'MemoryUtilization', 'PendingTasks', 'RunningTasks'];
const OF_FORWARDER = ['ForwarderErrors', 'LogErrors', 'LogsStillUndelivered'];

function ruleIds({ alarms }: MonitoredCluster): string[] {
  return alarms.alarms.map(({ node }) => node.id).sort();
}

function forwarderVariables(stack: Stack): { [name: string]: any } {
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return handler.Properties.Environment.Variables;
}

describe('alarms on the forwarder', () => {
  test('come with the one that the MonitoredCluster makes', () => {
    const stack = newStack();
    expect(ruleIds(monitor(stack, { vpc: vpcIn(stack) }))).toEqual([...RECOMMENDED, ...OF_FORWARDER].sort());
  });

  test('are left to its owner where it was given, or two clusters that share one would page twice', () => {
    const stack = newStack();
    const forwarder = new LogForwarder(stack, 'Forwarder', { datadog: account(stack) });
    for (const id of ['One', 'Two']) {
      expect(ruleIds(monitor(stack, { cluster: clusterIn(stack, `${id}Cluster`), forwarder }, id))).toEqual(RECOMMENDED);
    }
  });
});

test('a forwarder that is owned elsewhere, such as that of Datadog, carries the logs of the services, and nothing is said of its alarms', () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  const forwarder = LogForwarder.fromFunctionArn(stack, 'Forwarder', 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder');
  const monitored = monitor(stack, { cluster, forwarder });
  fargateService(stack, 'Web', cluster);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Logs::SubscriptionFilter', { DestinationArn: 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder' });
  template.resourceCountIs('AWS::Lambda::Function', 0);
  expect(ruleIds(monitored)).toEqual(RECOMMENDED);
});

describe("the cluster's name", () => {
  test('is told to the own forwarder, but is no tag of whatever else is forwarded', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster, env: 'prod', tags: { team: 'shop' } });
    const { DD_TAGS, DD_ECS_CLUSTER_NAME } = forwarderVariables(stack);
    expect(DD_ECS_CLUSTER_NAME).toEqual(stack.resolve(cluster.clusterName));
    expect(DD_TAGS).toContain('team:shop');
    expect(JSON.stringify(DD_TAGS)).not.toContain('ecs_cluster_name');
  });

  test('is not told to a forwarder that was given, which may serve several', () => {
    const stack = newStack();
    const forwarder = new LogForwarder(stack, 'Forwarder', { datadog: account(stack) });
    monitor(stack, { cluster: clusterIn(stack), forwarder });
    expect(forwarderVariables(stack)).not.toHaveProperty('DD_ECS_CLUSTER_NAME');
  });

  test.each<[string, (stack: Stack) => ecs.ICluster, object]>([
    ['generated: the task says that it is of the own cluster', (stack) => clusterIn(stack), { ownCluster: true }],
    ['fixed, of a cluster that is made here: the task says the name', (stack) => new ecs.Cluster(stack, 'Made', { clusterName: 'prod', vpc: vpcIn(stack) }), { cluster: 'prod' }],
    ['that of an import: the task says the name',
      (stack) => ecs.Cluster.fromClusterAttributes(stack, 'Import', { clusterName: 'prod', vpc: vpcIn(stack) }), { cluster: 'prod' }],
  ])('is %s', (_, clusterOf, expected) => {
    const stack = newStack();
    const cluster = clusterOf(stack);
    monitor(stack, { cluster, containerInsights: true });
    fargateService(stack, 'Web', cluster);
    const identity = identityOfApp(stack);
    expect(identity).toMatchObject(expected);
    expect(Object.keys(identity)).not.toContain('cluster' in expected ? 'ownCluster' : 'cluster');
  });

  test('is left out where it is generated and the forwarder was given', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    monitor(stack, { cluster, forwarder: new LogForwarder(stack, 'Forwarder', { datadog: account(stack) }) });
    fargateService(stack, 'Web', cluster);
    expect(identityOfApp(stack)).not.toHaveProperty('ownCluster');
    expect(identityOfApp(stack)).not.toHaveProperty('cluster');
  });
});

/** What the forwarder's code knows of the application's container. */
function identityOfApp(stack: Stack): { [field: string]: unknown } {
  const { identities } = codeOf(stack, (stack.node.root as App).synth());
  const [{ containers }] = Object.values<any>(identities);
  return containers.app;
}
