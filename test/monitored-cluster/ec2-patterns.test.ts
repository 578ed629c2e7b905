// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import { addInstances, environmentOf, filtersOf, IMAGE, monitor, newStack, taskOf, vpcIn, warnings } from './fixture';

const CONNECTED = { DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' };

function setUp() {
  const stack = newStack();
  const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
  addInstances(monitored.cluster as ecs.Cluster);
  return { stack, monitored, cluster: monitored.cluster };
}

/** The one container of the stack's task, connected, tagged, and with its logs forwarded. */
function expectWatched(stack: Stack): void {
  const containers = Object.values(taskOf(stack));
  expect(containers).toHaveLength(1);
  expect(environmentOf(containers[0])).toMatchObject(CONNECTED);
  expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  expect(warnings(stack)).toEqual([]);
}

describe('patterns on EC2 are watched through the daemon without a warning', () => {
  test('ApplicationLoadBalancedEc2Service, whose load balancer stays with the application', () => {
    const { stack, cluster } = setUp();
    new ecsPatterns.ApplicationLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 512, taskImageOptions: { image: IMAGE } });
    expectWatched(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80 }] });
  });

  test('QueueProcessingEc2Service', () => {
    const { stack, cluster } = setUp();
    new ecsPatterns.QueueProcessingEc2Service(stack, 'Worker', { cluster, memoryLimitMiB: 512, image: IMAGE });
    expectWatched(stack);
  });

  test('ScheduledEc2Task, when instrument() names it', () => {
    const { stack, monitored, cluster } = setUp();
    const nightly = new ecsPatterns.ScheduledEc2Task(stack, 'Nightly', {
      cluster, schedule: appscaling.Schedule.rate(Duration.days(1)), scheduledEc2TaskImageOptions: { image: IMAGE, memoryLimitMiB: 512 },
    });
    monitored.instrument(nightly.taskDefinition, { service: 'nightly' });
    expectWatched(stack);
    expect(environmentOf(Object.values(taskOf(stack))[0]).DD_SERVICE).toBe('nightly');
  });
});
