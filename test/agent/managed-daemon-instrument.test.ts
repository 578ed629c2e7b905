// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IMAGE, environmentOf, renderedContainer, renderedTask, warningIds } from './fixture';
import { withManagedDaemon } from './managed-fixture';
import { AgentFeature, AgentTransport } from '../../lib/agent';

const OVER_NETWORK = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
const SOCKETS = { DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };

function setUp(features?: AgentFeature[], networkMode?: ecs.NetworkMode, compatibility = ecs.Compatibility.MANAGED_INSTANCES) {
  const { stack, daemon } = withManagedDaemon({ env: 'prod', features });
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility, family: 'api', networkMode, cpu: '256', memoryMiB: '512' });
  const add = (name: string) => taskDefinition.addContainer(name, { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: name }) });
  return { stack, daemon, taskDefinition, add };
}

describe('an application on instances with a managed daemon', () => {
  test.each(['before', 'after'])('is connected by sockets and tagged when its container is added %s', (when) => {
    const { stack, daemon, taskDefinition, add } = setUp();
    if (when === 'before') {
      add('app');
    }
    daemon.instrument(taskDefinition, { service: 'web', version: '7' });
    if (when === 'after') {
      add('app');
    }
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ ...SOCKETS, DD_ENV: 'prod', DD_SERVICE: 'web', DD_VERSION: '7' });
    expect(renderedContainer(stack, 'app').MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: true }]);
    expect(renderedTask(stack, 'app').Volumes).toEqual([{ Name: 'dd-sockets', Host: { SourcePath: '/var/run/datadog' } }]);
    expect(warningIds(stack)).toEqual([]);
  });

  test.each([ecs.NetworkMode.AWS_VPC, ecs.NetworkMode.HOST])('finds the Agent over the network at the address that ECS gives a daemon, in mode %s', (networkMode) => {
    const { stack, daemon, taskDefinition, add } = setUp(OVER_NETWORK, networkMode);
    add('app');
    daemon.instrument(taskDefinition);
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_ENV: 'prod', DD_SERVICE: 'api', DD_AGENT_HOST: '169.254.172.2' });
    expect(renderedContainer(stack, 'app').MountPoints).toBeUndefined();
    expect(warningIds(stack)).toEqual([]);
  });

  test('that may run on EC2 too hears that the address is for Managed Instances only, and what to do; sockets work on both', () => {
    const network = setUp(OVER_NETWORK, ecs.NetworkMode.AWS_VPC, ecs.Compatibility.EC2_AND_MANAGED_INSTANCES);
    const sockets = setUp(undefined, ecs.NetworkMode.AWS_VPC, ecs.Compatibility.EC2_AND_MANAGED_INSTANCES);
    for (const { daemon, taskDefinition } of [network, sockets]) {
      taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256 });
      daemon.instrument(taskDefinition);
    }
    expect(environmentOf(renderedContainer(network.stack, 'app'))).toMatchObject({ DD_AGENT_HOST: '169.254.172.2' });
    expect(warningIds(network.stack)).toEqual(['cdk-ecs-datadog:agentAddressOnManagedInstances']);
    Annotations.fromStack(network.stack).hasWarning('/S/Task', Match.stringLikeRegexp('is at 169.254.172.2, .* use AgentTransport.UNIX_SOCKET'));
    expect(environmentOf(renderedContainer(sockets.stack, 'app'))).toMatchObject(SOCKETS);
    expect(warningIds(sockets.stack)).toEqual([]);
  });

  test('that takes OTLP alone over the network hears it as well', () => {
    const { stack, daemon, taskDefinition } = setUp([AgentFeature.otlp()], ecs.NetworkMode.AWS_VPC, ecs.Compatibility.EC2_AND_MANAGED_INSTANCES);
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 256 });
    daemon.instrument(taskDefinition);
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:agentAddressOnManagedInstances']);
  });

  test('is given the same when it is instrumented twice', () => {
    const once = setUp();
    once.add('app');
    once.daemon.instrument(once.taskDefinition, { service: 'web' });
    const twice = setUp();
    twice.add('app');
    twice.daemon.instrument(twice.taskDefinition, { service: 'web' });
    twice.daemon.instrument(twice.taskDefinition, { service: 'web' });
    expect(renderedTask(twice.stack, 'app')).toEqual(renderedTask(once.stack, 'app'));
  });
});

describe('what cannot reach the daemon is refused', () => {
  test.each<[string, ecs.Compatibility]>([
    ['Fargate', ecs.Compatibility.FARGATE],
    ['Fargate and Managed Instances', ecs.Compatibility.FARGATE_AND_MANAGED_INSTANCES],
    ['EC2', ecs.Compatibility.EC2],
    ['ECS Anywhere', ecs.Compatibility.EXTERNAL],
  ])('a task definition for %s', (_name, compatibility) => {
    const { daemon, taskDefinition } = setUp(undefined, undefined, compatibility);
    expect(() => daemon.instrument(taskDefinition)).toThrow(
      "'taskDefinition' must be compatible with Managed Instances and not with Fargate to reach the daemon, got: 'S/Task', which is not; use FargateAgentSidecar");
  });

  test('a service that is no tag', () => {
    const { daemon, taskDefinition } = setUp();
    expect(() => daemon.instrument(taskDefinition, { service: '1 web' })).toThrow("'service' must start with a letter");
  });
});
