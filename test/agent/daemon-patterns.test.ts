// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import { IMAGE, account, environmentOf, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentDaemonService } from '../../lib/agent';

function setUp() {
  const stack = inStack();
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') });
  cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large') });
  const daemon = new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack), env: 'prod' });
  return { stack, cluster, daemon };
}

const CONNECTED = { DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket' };
const SOCKETS = { SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: true };

describe('a task definition of ecs-patterns on EC2 reaches the daemon', () => {
  test('of ApplicationLoadBalancedEc2Service; the load balancer stays with the application', () => {
    const { stack, cluster, daemon } = setUp();
    const { taskDefinition } = new ecsPatterns.ApplicationLoadBalancedEc2Service(stack, 'Web', {
      cluster, memoryLimitMiB: 512, taskImageOptions: { image: IMAGE },
    });
    daemon.instrument(taskDefinition);
    expect(renderedTask(stack, 'web').ContainerDefinitions).toHaveLength(1);
    expect(environmentOf(renderedContainer(stack, 'web'))).toMatchObject(CONNECTED);
    expect(renderedContainer(stack, 'web').MountPoints).toEqual([SOCKETS]);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80 }] });
    expect(warningIds(stack).filter((id) => id.startsWith('cdk-ecs-datadog'))).toEqual([]);
  });

  test('of QueueProcessingEc2Service', () => {
    const { stack, cluster, daemon } = setUp();
    const { taskDefinition } = new ecsPatterns.QueueProcessingEc2Service(stack, 'Queue', { cluster, memoryLimitMiB: 512, image: IMAGE });
    daemon.instrument(taskDefinition);
    const [container] = renderedTask(stack, 'QueueProcessingContainer').ContainerDefinitions;
    expect(environmentOf(container)).toMatchObject({ ...CONNECTED, QUEUE_NAME: expect.anything() });
    expect(container.MountPoints).toEqual([SOCKETS]);
  });

  test('of ScheduledEc2Task', () => {
    const { stack, cluster, daemon } = setUp();
    const { taskDefinition } = new ecsPatterns.ScheduledEc2Task(stack, 'Nightly', {
      cluster, schedule: appscaling.Schedule.cron({ hour: '3' }), scheduledEc2TaskImageOptions: { image: IMAGE, memoryLimitMiB: 512 },
    });
    daemon.instrument(taskDefinition, { service: 'nightly' });
    expect(environmentOf(renderedContainer(stack, 'ScheduledContainer'))).toMatchObject({ ...CONNECTED, DD_SERVICE: 'nightly' });
  });
});
