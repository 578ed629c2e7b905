// SPDX-License-Identifier: Apache-2.0
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { MonitoredCluster, MonitoredClusterProps } from '../../lib/monitored-cluster';

export const IMAGE = ecs.ContainerImage.fromRegistry('registry.example/app:1');
export const KEY_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf';

const outdirs: string[] = [];
afterAll(() => outdirs.splice(0).forEach((outdir) => fs.rmSync(outdir, { recursive: true, force: true })));

/** An app that leaves nothing behind. */
export function newApp(context: { [flag: string]: any } = {}): App {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'monitored-cluster-test-'));
  outdirs.push(outdir);
  return new App({ analyticsReporting: false, context, outdir });
}

export function newStack(context: { [flag: string]: any } = {}): Stack {
  return new Stack(newApp(context), 'S');
}

/** An account whose key is known by its ARN, so that it adds no resource. */
export function account(scope: Construct): DatadogAccount {
  const existing = scope.node.tryFindChild('Key') as secretsmanager.ISecret | undefined;
  return new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(existing ?? secretsmanager.Secret.fromSecretCompleteArn(scope, 'Key', KEY_ARN)) });
}

export function vpcIn(scope: Construct): ec2.IVpc {
  return scope.node.tryFindChild('Vpc') as ec2.IVpc | undefined ?? ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    publicSubnetIds: ['subnet-3', 'subnet-4'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-1'],
    publicSubnetRouteTableIds: ['rtb-2', 'rtb-2'],
  });
}

export function clusterIn(scope: Construct, id = 'Cluster'): ecs.Cluster {
  return new ecs.Cluster(scope, id, { vpc: vpcIn(scope), containerInsightsV2: ecs.ContainerInsights.ENHANCED });
}

export function addInstances(cluster: ecs.Cluster): void {
  cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023() });
}

export function monitor(scope: Construct, props: Partial<MonitoredClusterProps> = {}, id = 'Monitored'): MonitoredCluster {
  return new MonitoredCluster(scope, id, { datadog: account(scope), ...props });
}

export function awslogs(streamPrefix = 'app'): ecs.LogDriver {
  return ecs.LogDrivers.awsLogs({ streamPrefix });
}

/** A Fargate task with one container that logs to awslogs. */
export function fargateTask(scope: Construct, id = 'Task', container: Partial<ecs.ContainerDefinitionOptions> = {}): ecs.FargateTaskDefinition {
  const taskDefinition = new ecs.FargateTaskDefinition(scope, id, { memoryLimitMiB: 1024 });
  taskDefinition.addContainer('app', { image: IMAGE, logging: awslogs(), ...container });
  return taskDefinition;
}

/** An EC2 task with one container, whose log file has a limit. */
export function ec2Task(scope: Construct, id = 'Task', container: Partial<ecs.ContainerDefinitionOptions> = {}): ecs.Ec2TaskDefinition {
  const taskDefinition = new ecs.Ec2TaskDefinition(scope, id);
  const logging = ecs.LogDrivers.jsonFile({ maxSize: '10m', maxFile: 3 });
  taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256, logging, ...container });
  return taskDefinition;
}

export function fargateService(
  scope: Construct, id: string, cluster: ecs.ICluster, props: Partial<ecs.FargateServiceProps> = {},
): ecs.FargateService {
  const taskDefinition = props.taskDefinition ?? fargateTask(scope, `${id}Task`);
  return new ecs.FargateService(scope, id, { cluster, minHealthyPercent: 100, ...props, taskDefinition });
}

export function ec2Service(scope: Construct, id: string, cluster: ecs.ICluster, props: Partial<ecs.Ec2ServiceProps> = {}): ecs.Ec2Service {
  const taskDefinition = props.taskDefinition ?? ec2Task(scope, `${id}Task`);
  return new ecs.Ec2Service(scope, id, { cluster, minHealthyPercent: 100, ...props, taskDefinition });
}

/** A task definition's containers by name, as far as the tests read them. */
export type RenderedContainers = { [name: string]: { [property: string]: any } };

/** The containers of every task definition of a stack, without the daemon's own, by the logical id. */
export function tasksOf(stack: Stack): RenderedContainers[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'))
    .map(({ Properties }) => Object.fromEntries(Properties.ContainerDefinitions.map((container: any) => [container.Name, container])))
    .filter((containers) => Object.keys(containers).join() !== 'datadog-agent');
}

/** The containers of the one task definition of a stack. */
export function taskOf(stack: Stack): RenderedContainers {
  const tasks = tasksOf(stack);
  expect(tasks).toHaveLength(1);
  return tasks[0];
}

export function environmentOf(container: { [property: string]: any }): { [name: string]: any } {
  return Object.fromEntries((container.Environment ?? []).map(({ Name, Value }: any) => [Name, Value]));
}

/** How many resources a stack has, by type. */
export function resourceCounts(...stacks: Stack[]): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const stack of stacks) {
    for (const { Type } of Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources ?? {})) {
      counts[Type] = (counts[Type] ?? 0) + 1;
    }
  }
  return counts;
}

/** What the second has more of than the first. */
export function difference(before: { [type: string]: number }, after: { [type: string]: number }): { [type: string]: number } {
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(types.map((type) => [type, (after[type] ?? 0) - (before[type] ?? 0)]).filter(([, count]) => count !== 0));
}

export function filtersOf(stack: Stack): { [id: string]: any } {
  return Template.fromStack(stack).findResources('AWS::Logs::SubscriptionFilter');
}

/** What is said of any cluster whose alarms are left to their defaults. */
const OF_DEFAULT_ALARMS = /(alarmsWithoutActions|noDatadogMonitors)$/;

/** Warnings of this library in a stack, the nested ones included: the path below the stack and the id, sorted, as often as they are there. */
export function warnings(stack: Stack): string[] {
  return warningsIn(stack).map(({ path: where, id }) => `${where} ${id}`).filter((warning) => !OF_DEFAULT_ALARMS.test(warning)).sort();
}

/** The text of one warning. */
export function warningText(stack: Stack, wanted: string): string {
  const found = warningsIn(stack).filter(({ id }) => id === wanted);
  expect(found).toHaveLength(1);
  return found[0].text;
}

function warningsIn(stack: Stack): { readonly path: string; readonly id: string; readonly text: string }[] {
  // Nested stacks have no artifact to read them from.
  Template.fromStack(stack);
  return stack.node.findAll().flatMap((construct) => construct.node.metadata
    .map(({ type, data }) => ({ type, text: String(data), id: /\[ack: cdk-ecs-datadog:(.*)\]/.exec(String(data))?.[1] }))
    .filter((entry): entry is typeof entry & { id: string } => entry.type === 'aws:cdk:warning' && entry.id !== undefined)
    .map(({ id, text }) => ({ path: construct.node.path.slice(stack.node.path.length + 1), id, text })));
}
