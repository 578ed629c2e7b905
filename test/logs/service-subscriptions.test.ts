// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { awslogs, filtersOf, forwarderIn, identitiesOf, image, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

function setUp(clusterName?: string) {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 2, restrictDefaultSecurityGroup: false });
  return { app, stack, cluster: new ecs.Cluster(stack, 'Cluster', { vpc, clusterName }) };
}

function fargate(cluster: ecs.Cluster, serviceName?: string): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(cluster, 'Task');
  taskDefinition.addContainer('app', { image, logging: awslogs() });
  return new ecs.FargateService(cluster, 'Service', { cluster, taskDefinition, serviceName });
}

function identity(app: App, stack: Stack): any {
  const [entry] = Object.values<any>(identitiesOf(app, stack));
  return entry.containers.app;
}

test('the logs of a service carry the names of service and cluster where the app says them', () => {
  const { app, stack, cluster } = setUp('prod');
  forwarderIn(stack).addService(fargate(cluster, 'web'), { service: 'shop' });
  expect(identity(app, stack)).toMatchObject({ service: 'shop', cluster: 'prod', ecsService: 'web' });
});

test('names that CloudFormation chooses are left out without a warning', () => {
  const { app, stack, cluster } = setUp();
  forwarderIn(stack).addService(fargate(cluster));
  expect(Object.keys(identity(app, stack))).toEqual(['source', 'taskFamily']);
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('unresolvedLogIdentity'));
});

test('what the caller says of them wins', () => {
  const { app, stack, cluster } = setUp('prod');
  forwarderIn(stack).addService(fargate(cluster, 'web'), { clusterName: 'other', ecsServiceName: 'another' });
  expect(identity(app, stack)).toMatchObject({ cluster: 'other', ecsService: 'another' });
});

test('twice is once, and the pattern is that of every group of the task', () => {
  const { stack, cluster } = setUp();
  const forwarder = forwarderIn(stack);
  const service = fargate(cluster);
  const options = { filterPattern: logs.FilterPattern.literal('ERROR') };
  forwarder.addService(service, options);
  forwarder.addService(service, options);
  expect(filtersOf(stack).map(({ properties }) => properties.FilterPattern)).toEqual(['ERROR']);
});

test.each<[string, (cluster: ecs.Cluster) => ecs.BaseService]>([
  ['EC2', (cluster) => {
    cluster.addCapacity('Instances', { instanceType: new ec2.InstanceType('m7g.large') });
    const taskDefinition = new ecs.Ec2TaskDefinition(cluster, 'Task');
    taskDefinition.addContainer('app', { image, memoryLimitMiB: 128, logging: awslogs() });
    return new ecs.Ec2Service(cluster, 'Service', { cluster, taskDefinition });
  }],
  ['ECS Anywhere', (cluster) => {
    const taskDefinition = new ecs.ExternalTaskDefinition(cluster, 'Task');
    taskDefinition.addContainer('app', { image, memoryLimitMiB: 128, logging: awslogs() });
    return new ecs.ExternalService(cluster, 'Service', { cluster, taskDefinition });
  }],
])('services on %s as well', (_name, serviceOn) => {
  const { stack, cluster } = setUp();
  forwarderIn(stack).addService(serviceOn(cluster));
  expect(filtersOf(stack)).toHaveLength(1);
});

test('services that share a task definition under two names contradict each other', () => {
  const { stack, cluster } = setUp();
  const forwarder = forwarderIn(stack);
  const service = fargate(cluster, 'one');
  const other = new ecs.FargateService(stack, 'Other', { cluster, taskDefinition: service.taskDefinition, serviceName: 'two' });
  forwarder.addService(service);
  expect(() => forwarder.addService(other)).toThrow("'ecsServiceName' of task definition 'Stack/Cluster/Task' must be the same in every call");
});

test('an imported forwarder carries them too, and nothing was said that it does not hear', () => {
  const { stack, cluster } = setUp('prod');
  const forwarder = LogForwarder.fromFunctionArn(stack, 'Forwarder', 'arn:aws:lambda:eu-west-1:111111111111:function:datadog-forwarder');
  forwarder.addService(fargate(cluster, 'web'));
  expect(filtersOf(stack)[0].properties.DestinationArn).toContain(':function:datadog-forwarder');
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('importedForwarder'));
});
