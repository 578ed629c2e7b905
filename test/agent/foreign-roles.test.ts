// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IMAGE } from './fixture';
import { AgentFeature, FargateAgentSidecar, FargateAgentSidecarProps } from '../../lib/agent';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

type Order = 'roles first' | 'tasks first';
const ORDERS: Order[] = ['roles first', 'tasks first'];

/** Two stacks, declared in either order: one has the roles, the other the tasks, their key and their logs. */
function setUp(order: Order) {
  const app = new App();
  const names = order === 'roles first' ? ['Roles', 'Tasks'] : ['Tasks', 'Roles'];
  const stacks = Object.fromEntries(names.map((name) => [name, new Stack(app, name)]));
  const role = (id: string) => new iam.Role(stacks.Roles, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const secret = new secretsmanager.Secret(stacks.Tasks, 'Key');
  const datadog = new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret) });
  return { app, roles: stacks.Roles, tasks: stacks.Tasks, executionRole: role('Execution'), taskRole: role('Own'), datadog };
}

function addTask(stack: Stack, id: string, props: ecs.FargateTaskDefinitionProps, sidecar: Omit<FargateAgentSidecarProps, 'taskDefinition'>) {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, id, { memoryLimitMiB: 1024, ...props });
  taskDefinition.addContainer('app', { image: IMAGE });
  new FargateAgentSidecar(taskDefinition, 'Sidecar', { taskDefinition, ...sidecar });
}

function policiesOf(stack: Stack): { id: string; statements: any[]; roles: any[] }[] {
  return Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .map(([id, { Properties }]) => ({ id, statements: Properties.PolicyDocument.Statement, roles: Properties.Roles }));
}

describe.each(ORDERS)('roles of another stack, %s: no stack refers to the other in a circle', (order) => {
  test('the execution role reads the key and writes to the log group by a policy of the tasks, which is there before them', () => {
    const { app, roles, tasks, executionRole, datadog } = setUp(order);
    addTask(tasks, 'A', { executionRole }, { datadog });
    addTask(tasks, 'B', { executionRole }, { datadog });
    app.synth();
    expect(policiesOf(roles)).toEqual([]);
    const [policy, ...others] = policiesOf(tasks);
    expect(others).toEqual([]);
    expect(policy.statements.map(({ Action }) => Action)).toEqual(['secretsmanager:GetSecretValue', ['logs:CreateLogStream', 'logs:PutLogEvents']]);
    expect(policy.roles).toEqual([{ 'Fn::ImportValue': expect.stringContaining('Execution') }]);
    const definitions = Object.values(Template.fromStack(tasks).findResources('AWS::ECS::TaskDefinition'));
    expect(definitions.map(({ DependsOn }) => DependsOn)).toEqual([[policy.id], [policy.id]]);
    expect(definitions[0].Properties.ExecutionRoleArn).toEqual({ 'Fn::ImportValue': expect.stringContaining('Execution') });
  });

  test('the task role is allowed what features of the tasks need', () => {
    const { app, roles, tasks, taskRole, datadog } = setUp(order);
    const other = new secretsmanager.Secret(tasks, 'Other');
    const feature = AgentFeature.of('own', {
      taskRolePolicy: [new iam.PolicyStatement({ actions: ['secretsmanager:DescribeSecret'], resources: [other.secretArn] })],
    });
    addTask(tasks, 'A', { taskRole }, { datadog, features: [feature] });
    app.synth();
    expect(policiesOf(roles)).toEqual([]);
    expect(policiesOf(tasks).flatMap(({ statements }) => statements)).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:DescribeSecret', Resource: { Ref: expect.stringContaining('Other') } },
    ]);
  });

  test('one role for both', () => {
    const { app, tasks, executionRole, datadog } = setUp(order);
    addTask(tasks, 'A', { executionRole, taskRole: executionRole }, { datadog, clusterMetadataAccess: true });
    app.synth();
    expect(policiesOf(tasks)).toHaveLength(1);
  });
});

test('a role of the same stack is granted in its own policy', () => {
  const { tasks, datadog } = setUp('tasks first');
  const executionRole = new iam.Role(tasks, 'Here', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  addTask(tasks, 'A', { executionRole }, { datadog });
  expect(policiesOf(tasks).map(({ roles }) => roles)).toEqual([[{ Ref: expect.stringContaining('Here') }]]);
});
