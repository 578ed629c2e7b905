// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import { Construct } from 'constructs';
import { IMAGE, account, environmentOf, fargateTask, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentFeature, DatadogSidecarExtension } from '../../lib/agent';

const AGENT = 'datadog-agent';

function setUp() {
  const stack = inStack();
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') });
  return { stack, cluster, extension: new DatadogSidecarExtension({ datadog: account(stack), env: 'prod' }) };
}

describe('a task definition that somebody else made takes a sidecar', () => {
  test('of ApplicationLoadBalancedFargateService with its 256 CPU and 512 MiB; the load balancer stays with the application', () => {
    const { stack, cluster, extension } = setUp();
    const { taskDefinition } = new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image: IMAGE } });
    taskDefinition.addExtension(extension);
    expect(renderedTask(stack)).toMatchObject({ Cpu: '256', Memory: '512' });
    expect(renderedTask(stack).ContainerDefinitions.map(({ Name, Essential }: any) => [Name, Essential])).toEqual([['web', true], [AGENT, false]]);
    expect(taskDefinition.defaultContainer?.containerName).toBe('web');
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80 }] });
    expect(environmentOf(renderedContainer(stack, 'web'))).toMatchObject({ DD_ENV: 'prod', DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket' });
    expect(warningIds(stack).filter((id) => id.startsWith('cdk-ecs-datadog'))).toEqual([]);
  });

  test('of QueueProcessingFargateService', () => {
    const { stack, cluster, extension } = setUp();
    const { taskDefinition } = new ecsPatterns.QueueProcessingFargateService(stack, 'Queue', { cluster, image: IMAGE });
    taskDefinition.addExtension(extension);
    expect(environmentOf(renderedContainer(stack, 'QueueProcessingContainer'))).toMatchObject({
      DD_ENV: 'prod', DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket', QUEUE_NAME: expect.anything(),
    });
    expect(renderedContainer(stack, AGENT).Essential).toBe(false);
  });

  test('of ScheduledFargateTask', () => {
    const { stack, cluster, extension } = setUp();
    const { taskDefinition } = new ecsPatterns.ScheduledFargateTask(stack, 'Nightly', {
      cluster, schedule: appscaling.Schedule.cron({ hour: '3' }), scheduledFargateTaskImageOptions: { image: IMAGE, memoryLimitMiB: 512 },
    });
    taskDefinition.addExtension(extension);
    expect(environmentOf(renderedContainer(stack, 'ScheduledContainer'))).toMatchObject({ DD_ENV: 'prod' });
    expect(renderedContainer(stack, AGENT).LogConfiguration.Options['awslogs-group'])
      .toEqual(renderedContainer(stack, 'ScheduledContainer').LogConfiguration.Options['awslogs-group']);
  });

  test("of another team's construct", () => {
    class TheirWorker extends Construct {
      public readonly service: ecs.FargateService;

      constructor(scope: Construct, cluster: ecs.ICluster) {
        super(scope, 'Theirs');
        const taskDefinition = new ecs.FargateTaskDefinition(this, 'Hidden', { memoryLimitMiB: 1024 });
        taskDefinition.addContainer('worker', { image: IMAGE });
        this.service = new ecs.FargateService(this, 'Service', { cluster, taskDefinition });
      }
    }
    const { stack, cluster, extension } = setUp();
    new TheirWorker(stack, cluster).service.taskDefinition.addExtension(extension);
    expect(environmentOf(renderedContainer(stack, 'worker'))).toMatchObject({ DD_ENV: 'prod' });
    expect(renderedContainer(stack, AGENT).Name).toBe(AGENT);
  });
});

test('one extension serves many task definitions, each service named after its own family', () => {
  const { stack, extension } = setUp();
  for (const family of ['a', 'b', 'c']) {
    fargateTask(stack, family, { family }).addExtension(extension);
  }
  const tasks = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => Properties);
  expect(tasks.map(({ ContainerDefinitions }) => ContainerDefinitions.map(({ Name }: any) => Name))).toEqual(Array(3).fill(['app', AGENT]));
  expect(tasks.map(({ ContainerDefinitions }) => environmentOf(ContainerDefinitions[0]).DD_SERVICE)).toEqual(['a', 'b', 'c']);
});

test('containers may come after the extension', () => {
  const { stack, extension } = setUp();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  taskDefinition.addExtension(extension);
  taskDefinition.addContainer('late', { image: IMAGE });
  expect(environmentOf(renderedContainer(stack, 'late'))).toMatchObject({ DD_ENV: 'prod' });
});

test('a task definition takes one only', () => {
  const { stack, extension } = setUp();
  const taskDefinition = fargateTask(stack);
  taskDefinition.addExtension(extension);
  expect(() => taskDefinition.addExtension(extension)).toThrow("'taskDefinition' must have no container 'datadog-agent' yet, got: 'S/Task', which has one");
});

test('misuse is told where the extension is made, not where it is applied', () => {
  const datadog = account(inStack());
  expect(() => new DatadogSidecarExtension({ datadog, env: '-' })).toThrow("'env' must start with a letter");
  expect(() => new DatadogSidecarExtension({ datadog, features: [AgentFeature.logCollection()] })).toThrow("must not hold 'logs'");
});
