// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { addInstances, ec2Task, environmentOf, fargateTask, filtersOf, IMAGE, monitor, newStack, taskOf, vpcIn, warnings } from './fixture';

interface Pattern {
  readonly name: string;
  readonly declare: (stack: Stack, cluster: ecs.ICluster) => unknown;
}

describe('services of ecs-patterns, with their own defaults (256 CPU units, 512 MiB), are watched without a warning', () => {
  test.each<Pattern>([
    {
      name: 'ApplicationLoadBalancedFargateService',
      declare: (stack, cluster) => new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image: IMAGE } }),
    },
    {
      name: 'QueueProcessingFargateService',
      declare: (stack, cluster) => new ecsPatterns.QueueProcessingFargateService(stack, 'Worker', { cluster, image: IMAGE }),
    },
  ])('$name', ({ declare }) => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    declare(stack, cluster);
    const { 'datadog-agent': agent, ...others } = taskOf(stack);
    const [application] = Object.values(others);
    expect(agent.Essential).toBe(false);
    expect(environmentOf(application)).toMatchObject({ DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test('the load balancer of ApplicationLoadBalancedFargateService reaches the application', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image: IMAGE } });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80 }] });
  });

  test('NetworkLoadBalancedEc2Service', () => {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    addInstances(cluster as ecs.Cluster);
    new ecsPatterns.NetworkLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 512, taskImageOptions: { image: IMAGE } });
    const { web, ...others } = taskOf(stack);
    expect(others).toEqual({});
    expect(environmentOf(web)).toMatchObject({ DD_ENV: 'prod' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });
});

describe('tasks that no service runs are watched when instrument() names them', () => {
  test('ScheduledFargateTask', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack), env: 'prod' });
    const nightly = new ecsPatterns.ScheduledFargateTask(stack, 'Nightly', {
      cluster: monitored.cluster,
      schedule: appscaling.Schedule.rate(Duration.days(1)),
      scheduledFargateTaskImageOptions: { image: IMAGE, memoryLimitMiB: 512 },
    });
    monitored.instrument(nightly.taskDefinition, { service: 'nightly' });
    const { 'datadog-agent': agent, ...others } = taskOf(stack);
    expect(agent).toBeDefined();
    expect(environmentOf(Object.values(others)[0])).toMatchObject({ DD_SERVICE: 'nightly', DD_ENV: 'prod' });
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
    expect(warnings(stack)).toEqual([]);
  });

  test('an EC2 task of an EventBridge rule reaches the daemon', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    addInstances(monitored.cluster as ecs.Cluster);
    const taskDefinition = ec2Task(stack);
    new events.Rule(stack, 'Rule', {
      schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.EcsTask({ cluster: monitored.cluster, taskDefinition })],
    });
    monitored.instrument(taskDefinition);
    expect(environmentOf(taskOf(stack).app)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual([]);
  });

  test('a task of Step Functions; without being named it is left alone', () => {
    const stack = newStack();
    const monitored = monitor(stack, { vpc: vpcIn(stack) });
    const [named, unnamed] = [fargateTask(stack, 'Named'), fargateTask(stack, 'Unnamed')];
    const run = (id: string, taskDefinition: ecs.TaskDefinition) => new tasks.EcsRunTask(stack, id, {
      cluster: monitored.cluster, taskDefinition, launchTarget: new tasks.EcsFargateLaunchTarget(),
    });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(run('RunNamed', named).next(run('RunUnnamed', unnamed))) });
    monitored.instrument(named);
    expect(Object.keys(containersOf(stack, 'Named'))).toEqual(['app', 'datadog-agent']);
    expect(Object.keys(containersOf(stack, 'Unnamed'))).toEqual(['app']);
  });
});

function containersOf(stack: Stack, id: string): { [name: string]: unknown } {
  const tasksById = Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition');
  const [, found] = Object.entries(tasksById).find(([logicalId]) => logicalId.startsWith(id)) ?? [];
  return Object.fromEntries(found?.Properties.ContainerDefinitions.map((container: any) => [container.Name, container]));
}
