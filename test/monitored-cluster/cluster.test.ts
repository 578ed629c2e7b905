// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  addInstances, clusterIn, ec2Service, environmentOf, fargateService, fargateTask, IMAGE, monitor, newStack, resourceCounts, taskOf, vpcIn,
  warnings, warningText,
} from './fixture';

const ARN = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shared';
const ATTRIBUTES = { clusterName: 'shared', clusterArn: ARN };

function daemons(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service', { Properties: { SchedulingStrategy: 'DAEMON' } }));
}

describe('the cluster', () => {
  test('is made in the given VPC, with enhanced Container Insights, which the recommended alarms need', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const template = Template.fromStack(stack);
    expect(monitored.cluster.vpc.vpcId).toBe('vpc-1');
    template.hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] });
    template.resourceCountIs('AWS::EC2::VPC', 0);
    expect(warnings(stack)).toEqual([]);
  });

  test('is made with a VPC of its own where nothing is given', () => {
    const stack = newStack();
    monitor(stack);
    expect(resourceCounts(stack)).toMatchObject({ 'AWS::EC2::VPC': 1, 'AWS::ECS::Cluster': 1 });
  });

  test('may exist already: no second one is made', () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    expect(monitor(stack, { cluster }).cluster).toBe(cluster);
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Cluster', 1);
  });

  test.each<[string, (stack: Stack) => ecs.ICluster]>([
    ['its attributes', (stack) => ecs.Cluster.fromClusterAttributes(stack, 'One', { ...ATTRIBUTES, vpc: vpcIn(stack), hasEc2Capacity: false })],
    ['its ARN', (stack) => ecs.Cluster.fromClusterArn(stack, 'One', ARN)],
  ])('may be imported by %s; a service that imports it once more is on it', (_, importCluster) => {
    const stack = newStack();
    monitor(stack, { cluster: importCluster(stack), containerInsights: true });
    fargateService(stack, 'Web', ecs.Cluster.fromClusterAttributes(stack, 'Two', { ...ATTRIBUTES, vpc: vpcIn(stack), hasEc2Capacity: false }));
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(daemons(stack)).toEqual([]);
    expect(warnings(stack)).toEqual([]);
  });

  test('that nobody knows to have Container Insights is warned of: its alarms might stay silent', () => {
    const stack = newStack();
    monitor(stack, { cluster: ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc: vpcIn(stack), hasEc2Capacity: false }) });
    expect(warnings(stack)).toEqual(['Monitored/Alarms containerInsightsUnknown']);
  });
});

describe('EC2 capacity', () => {
  test('no instances, no daemon', () => {
    const stack = newStack();
    fargateService(stack, 'Web', monitor(stack, { vpc: vpcIn(stack) }).cluster);
    expect(daemons(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack, cluster: ecs.Cluster) => void]>([
    ['addCapacity()', (_, cluster) => addInstances(cluster)],
    ['addAsgCapacityProvider()', (stack, cluster) => {
      const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', {
        instanceType: new ec2.InstanceType('t3.large'),
        machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
        userData: ec2.UserData.forLinux(),
        role: new iam.Role(stack, 'InstanceRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
      });
      const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Asg', { vpc: vpcIn(stack), launchTemplate });
      cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
    }],
  ])('that comes after the MonitoredCluster, by %s, gets one daemon', (_, addCapacity) => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    addCapacity(stack, monitored.cluster as ecs.Cluster);
    expect(daemons(stack)).toHaveLength(1);
  });

  test('is said by an EC2 service as well, in an imported cluster too', () => {
    const stack = newStack();
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc: vpcIn(stack) });
    monitor(stack, { cluster, containerInsights: true });
    ec2Service(stack, 'Billing', cluster);
    expect(daemons(stack)).toHaveLength(1);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
  });

  test('of a cluster that was imported by its ARN is out of reach: no service can be placed on it, a daemon neither', () => {
    const stack = newStack();
    monitor(stack, { cluster: ecs.Cluster.fromClusterArn(stack, 'Cluster', ARN), containerInsights: true });
    ec2Service(stack, 'Billing', ecs.Cluster.fromClusterAttributes(stack, 'Attributes', { ...ATTRIBUTES, vpc: vpcIn(stack) }));
    expect(daemons(stack)).toEqual([]);
    expect(warnings(stack)).toEqual(['BillingTask noDaemon', 'BillingTask/app noLogRoute']);
    expect(warningText(stack, 'noDaemon')).toContain('Cluster.fromClusterAttributes()');
  });

  test("'ec2Capacity: true' also holds against an own cluster, whose instances may be registered by other means", () => {
    const stack = newStack();
    monitor(stack, { cluster: clusterIn(stack), ec2Capacity: true });
    expect(daemons(stack)).toHaveLength(1);
  });

  test("'ec2Capacity: false' keeps the Agent off the instances", () => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    addInstances(cluster);
    monitor(stack, { cluster, ec2Capacity: false });
    expect(daemons(stack)).toEqual([]);
  });
});

test('the settings of the cluster reach every Agent and the forwarder', () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  monitor(stack, { cluster, env: 'prod', tags: { team: 'shop' } });
  fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'WebTask', { image: IMAGE }) });
  expect(environmentOf(taskOf(stack).app)).toMatchObject({ DD_ENV: 'prod', DD_TAGS: 'team:shop' });
  expect(environmentOf(taskOf(stack)['datadog-agent'])).toMatchObject({ DD_TAGS: 'team:shop' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Name: 'datadog-agent', Environment: Match.arrayWith([{ Name: 'DD_TAGS', Value: 'team:shop' }]) })],
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { DD_TAGS: Match.stringLikeRegexp('env:prod.*team:shop$') } } });
});
