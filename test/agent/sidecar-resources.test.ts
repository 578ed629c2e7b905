// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IMAGE, KEY_ARN, account, inStack, renderedContainer, renderedTask, resourceCounts } from './fixture';
import { FargateAgentSidecar } from '../../lib/agent';

const AGENT = 'datadog-agent';

/** The two stacks of one application, without and with a sidecar. */
function withoutAndWith(build: (stack: Stack, addSidecar: (taskDefinition: ecs.FargateTaskDefinition) => void) => void): [Stack, Stack] {
  const [without, having] = [inStack(), inStack()];
  build(without, () => {});
  build(having, (taskDefinition) => {
    new FargateAgentSidecar(taskDefinition, 'Sidecar', { taskDefinition, datadog: account(having) });
  });
  return [without, having];
}

function fargate(stack: Stack, id = 'Task', props: ecs.FargateTaskDefinitionProps = {}) {
  return new ecs.FargateTaskDefinition(stack, id, { memoryLimitMiB: 1024, ...props });
}

function total(stack: Stack): number {
  return Object.values(resourceCounts(stack)).reduce((sum, count) => sum + count, 0);
}

const awsLogs = (streamPrefix = 'app') => ecs.LogDrivers.awsLogs({ streamPrefix });

/** Everything that the execution role of the one task may do, from its own resource and from its policies. */
function executionStatements(stack: Stack) {
  const template = Template.fromStack(stack);
  const role = renderedTask(stack, AGENT).ExecutionRoleArn['Fn::GetAtt'][0];
  const inline = template.findResources('AWS::IAM::Role')[role].Properties.Policies ?? [];
  const attached = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties)
    .filter(({ Roles }) => Roles.some(({ Ref }: { Ref: string }) => Ref === role));
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe('a stack holds 500 resources, so a sidecar costs', () => {
  test('none where the task logs to awslogs', () => {
    const [without, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack);
      taskDefinition.addContainer('app', { image: IMAGE, logging: awsLogs() });
      addSidecar(taskDefinition);
    });
    expect(resourceCounts(having)).toEqual(resourceCounts(without));
  });

  test('none where the container with awslogs comes later', () => {
    const [without, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack);
      addSidecar(taskDefinition);
      taskDefinition.addContainer('app', { image: IMAGE, logging: awsLogs() });
    });
    expect(resourceCounts(having)).toEqual(resourceCounts(without));
  });

  test('two where the task has no log driver: the role that reads the key, and a log group', () => {
    const [without, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack);
      taskDefinition.addContainer('app', { image: IMAGE });
      addSidecar(taskDefinition);
    });
    expect(total(having) - total(without)).toBe(2);
    expect(resourceCounts(having)).toEqual({ 'AWS::ECS::TaskDefinition': 1, 'AWS::IAM::Role': 2, 'AWS::Logs::LogGroup': 1 });
  });

  test('one more for each further such task, since they share the log group', () => {
    const tasks = (count: number) => withoutAndWith((stack, addSidecar) => {
      for (let index = 0; index < count; index++) {
        const taskDefinition = fargate(stack, `Task${index}`);
        taskDefinition.addContainer('app', { image: IMAGE });
        addSidecar(taskDefinition);
      }
    });
    const [without, having] = tasks(10);
    expect(total(having) - total(without)).toBe(11);
  });
});

describe('the execution role may read the key and write the logs, wherever that stands', () => {
  test('in the role itself where it has no policy yet', () => {
    const [, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack);
      taskDefinition.addContainer('app', { image: IMAGE });
      addSidecar(taskDefinition);
    });
    Template.fromStack(having).resourceCountIs('AWS::IAM::Policy', 0);
    expect(executionStatements(having)).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DatadogAgentLogs/), 'Arn'] } },
    ]);
  });

  test.each<[string, (stack: Stack) => iam.IRole | undefined]>([
    ['the policy that awslogs made', () => undefined],
    ["a policy of the user's role", (stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') })],
  ])('in %s', (_name, role) => {
    const [, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack, 'Task', { executionRole: role(stack) });
      taskDefinition.addContainer('app', { image: IMAGE, logging: awsLogs() });
      addSidecar(taskDefinition);
    });
    expect(executionStatements(having)).toEqual([
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN },
    ]);
    Template.fromStack(having).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('beside what others grant later', () => {
    const [, having] = withoutAndWith((stack, addSidecar) => {
      const taskDefinition = fargate(stack);
      taskDefinition.addContainer('app', { image: IMAGE });
      addSidecar(taskDefinition);
      taskDefinition.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    });
    const actions = executionStatements(having).map(({ Action }) => Action);
    expect(actions).toHaveLength(3);
    expect(actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', ['logs:CreateLogStream', 'logs:PutLogEvents'], 's3:GetObject']));
  });
});

describe("the sidecar's own output", () => {
  test("goes to the application's group under a prefix of its own", () => {
    const stack = inStack();
    const logGroup = new logs.LogGroup(stack, 'Group');
    const taskDefinition = fargate(stack);
    taskDefinition.addContainer('helper', { image: IMAGE });
    taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'app', datetimeFormat: '%Y' }) });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    expect(renderedContainer(stack, AGENT).LogConfiguration).toEqual({
      LogDriver: 'awslogs',
      // How the application's lines are joined is not the Agent's.
      Options: { 'awslogs-group': stack.resolve(logGroup.logGroupName), 'awslogs-region': { Ref: 'AWS::Region' }, 'awslogs-stream-prefix': AGENT },
    });
  });

  test("waits for a container that brings a group later, and then needs none of the stack's", () => {
    const stack = inStack();
    const taskDefinition = fargate(stack);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    taskDefinition.addContainer('app', { image: IMAGE, logging: awsLogs() });
    expect(renderedContainer(stack, AGENT).LogConfiguration.Options['awslogs-group'])
      .toEqual(renderedContainer(stack, 'app').LogConfiguration.Options['awslogs-group']);
  });

  test('goes to one group of the stack where the application logs elsewhere or nowhere', () => {
    const stack = inStack();
    for (const [id, logging] of [['Nowhere', undefined], ['Elsewhere', ecs.LogDrivers.fluentd()]] as const) {
      const taskDefinition = fargate(stack, id);
      taskDefinition.addContainer('app', { image: IMAGE, logging });
      new FargateAgentSidecar(taskDefinition, 'Sidecar', { taskDefinition, datadog: account(stack) });
    }
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    const groups = Object.values(template.findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) =>
      Properties.ContainerDefinitions.find(({ Name }: { Name: string }) => Name === AGENT).LogConfiguration.Options['awslogs-group']);
    expect(groups).toEqual([groups[0], groups[0]]);
    expect(groups[0].Ref).toMatch(/^DatadogAgentLogs/);
  });
});
