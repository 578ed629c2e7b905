// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AgentDaemonService, AgentDaemonServiceProps } from '../../lib/agent';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

/** Two stacks, declared in either order: one has the roles, the other the daemon, its cluster, its key and its logs. */
function setUp(order: string) {
  const app = new App();
  const stacks = Object.fromEntries(order.split(', ').map((name) => [name, new Stack(app, name)]));
  const role = (id: string) => new iam.Role(stacks.Roles, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const datadog = new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(new secretsmanager.Secret(stacks.Daemon, 'Key')) });
  const cluster = new ecs.Cluster(stacks.Daemon, 'Cluster', {
    executeCommandConfiguration: {
      logging: ecs.ExecuteCommandLogging.OVERRIDE, logConfiguration: { cloudWatchLogGroup: new logs.LogGroup(stacks.Daemon, 'Sessions') },
    },
  });
  cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large') });
  const add = (props: Partial<AgentDaemonServiceProps>) => new AgentDaemonService(stacks.Daemon, 'Daemon', { cluster, datadog, ...props });
  return { app, add, roles: stacks.Roles, stack: stacks.Daemon, executionRole: role('Execution'), taskRole: role('Own') };
}

/** The policies that a stack attaches to a role of the other one. */
function foreignPolicies(stack: Stack, role: string): { id: string; actions: unknown[] }[] {
  return Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(`ImportValue":"Roles:ExportsOutputRef${role}`))
    .map(([id, { Properties }]) => ({ id, actions: Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action) }));
}

describe.each(['Roles, Daemon', 'Daemon, Roles'])('roles of another stack, declared %s: no stack refers to the other in a circle', (order) => {
  test('the execution role reads the key, writes to the log group and pulls the image by a policy of the daemon, which is there before the task', () => {
    const { app, add, roles, stack, executionRole } = setUp(order);
    add({ executionRole, image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Mirror'), '7.0.0') });
    app.synth();
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
    const [policy, ...others] = foreignPolicies(stack, 'Execution');
    expect(others).toEqual([]);
    expect(policy.actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'logs:PutLogEvents', 'ecr:BatchGetImage']));
    const [task] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'));
    expect(task.Properties.ExecutionRoleArn).toEqual({ 'Fn::ImportValue': expect.stringContaining('Execution') });
    expect(task.DependsOn).toContain(policy.id);
  });

  test('a log group that the driver makes within the task may be written to', () => {
    const { app, add, stack, executionRole } = setUp(order);
    add({ executionRole, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'agent' }) });
    app.synth();
    // Reading the template fails on a circle within it.
    expect(foreignPolicies(stack, 'Execution')[0].actions).toContain('logs:PutLogEvents');
  });

  test("the task role is allowed what the cluster's metadata and sessions need", () => {
    const { app, add, roles, stack, taskRole } = setUp(order);
    add({ taskRole, clusterMetadataAccess: true, enableExecuteCommand: true });
    app.synth();
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
    const [policy] = foreignPolicies(stack, 'Own');
    expect(policy.actions).toEqual(expect.arrayContaining(['ecs:ListContainerInstances', 'ssmmessages:OpenDataChannel', 'logs:CreateLogStream']));
  });

  test('one role may be both, and what is granted to it later stands in the same place', () => {
    const { app, add, roles, stack, executionRole } = setUp(order);
    const { taskDefinition } = add({ executionRole, taskRole: executionRole, clusterMetadataAccess: true });
    new secretsmanager.Secret(stack, 'Other').grantRead(taskDefinition.taskRole);
    app.synth();
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
    expect(foreignPolicies(stack, 'Execution').map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['DaemonExecutionPolicy', 'DaemonTaskPolicy']);
  });
});

test('a role that was imported is used as it is', () => {
  const { add, stack } = setUp('Roles, Daemon');
  const arn = 'arn:aws:iam::111122223333:role/agents/execution';
  add({ executionRole: iam.Role.fromRoleArn(stack, 'Imported', arn, { mutable: false }) });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'));
  expect(Properties.ExecutionRoleArn).toBe(arn);
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('secretsmanager');
});
