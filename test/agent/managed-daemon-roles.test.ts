// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { KEY_ARN, account, inStack } from './fixture';
import { capacityProvider, daemonAgent, managedCluster, only, statementsOf, withManagedDaemon } from './managed-fixture';
import { AgentManagedDaemon, AgentManagedDaemonProps } from '../../lib/agent';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

const TASK = 'AWS::ECS::DaemonTaskDefinition';
const LOGS = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.anything() };
const SESSION = {
  Effect: 'Allow',
  Action: ['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
  Resource: '*',
};

const executionStatements = (stack: Stack) => statementsOf(stack, only(stack, TASK).ExecutionRoleArn['Fn::GetAtt'][0]);
const taskStatements = (stack: Stack) => statementsOf(stack, only(stack, TASK).TaskRoleArn['Fn::GetAtt'][0]);

/** A daemon with properties that need its stack. */
function withDaemon(props: (stack: Stack) => Partial<AgentManagedDaemonProps>, clusterProps: (stack: Stack) => ecs.ClusterProps = () => ({})) {
  const stack = inStack();
  const provider = capacityProvider(stack);
  const cluster = new ecs.Cluster(stack, 'Cluster', clusterProps(stack));
  cluster.addManagedInstancesCapacityProvider(provider);
  new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider], datadog: account(stack), ...props(stack) });
  return stack;
}

describe('the execution role', () => {
  test('may read the key and write the log, and nothing else', () => {
    const { stack } = withManagedDaemon();
    expect(executionStatements(stack)).toHaveLength(2);
    expect(executionStatements(stack)).toEqual(expect.arrayContaining([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN }, LOGS,
    ]));
    const roles = Template.fromStack(stack).findResources('AWS::IAM::Role');
    expect(roles[only(stack, TASK).ExecutionRoleArn['Fn::GetAtt'][0]].Properties).toEqual({
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' } }], Version: '2012-10-17',
      },
    });
  });

  test('has its rights before the task is made', () => {
    const [task] = Object.values(Template.fromStack(withManagedDaemon().stack).findResources(TASK));
    expect(task.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^DaemonExecutionRoleDefaultPolicy/)]));
  });

  test('may pull an image of ECR', () => {
    const stack = withDaemon((scope) => ({ image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(scope, 'Images'), '7.84.6') }));
    expect(executionStatements(stack)).toContainEqual(expect.objectContaining({
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Images/), 'Arn'] },
    }));
    expect(daemonAgent(stack).Image).toMatchObject({ 'Fn::Join': expect.anything() });
  });

  test('may read the credentials of a private registry', () => {
    const stack = withDaemon((scope) => ({
      image: ecs.ContainerImage.fromRegistry('registry.example/agent:7.84.6', { credentials: new secretsmanager.Secret(scope, 'Registry') }),
    }));
    const credentials = { Ref: expect.stringMatching(/^Registry/) };
    expect(daemonAgent(stack).RepositoryCredentials).toEqual({ CredentialsParameter: credentials });
    expect(executionStatements(stack)).toContainEqual({
      Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: credentials,
    });
  });

  test('may read further settings from secrets', () => {
    const stack = withDaemon((scope) => ({ secrets: { DD_APP_KEY: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(scope, 'AppKey'), 'key') } }));
    expect(daemonAgent(stack).Secrets).toEqual([
      { Name: 'DD_API_KEY', ValueFrom: KEY_ARN },
      { Name: 'DD_APP_KEY', ValueFrom: { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^AppKey/) }, ':key::']] } },
    ]);
    expect(executionStatements(stack)).toContainEqual(expect.objectContaining({ Resource: { Ref: expect.stringMatching(/^AppKey/) } }));
  });

  test('may decrypt with a customer-managed key of another stack, through Secrets Manager only and without a cycle', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    const secret = new secretsmanager.Secret(keys, 'Secret', { encryptionKey: new kms.Key(keys, 'Key') });
    const stack = new Stack(app, 'S');
    const { cluster, provider } = managedCluster(stack);
    new AgentManagedDaemon(stack, 'Daemon', {
      cluster, capacityProviders: [provider], datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret, 'api-key') }),
    });
    // The region is known at deployment only, and China has a domain of its own.
    const services = ['.amazonaws.com', '.amazonaws.com.cn'].map((domain) => ({ 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, domain]] }));
    expect(executionStatements(stack)).toContainEqual(expect.objectContaining({
      Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': services } },
    }));
    expect(keys.dependencies).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('roles that are given', () => {
  const role = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });

  test('are used, and granted what is needed', () => {
    const stack = withDaemon((scope) => ({ executionRole: role(scope, 'Execution'), taskRole: role(scope, 'Own'), enableExecuteCommand: true }));
    const task = only(stack, TASK);
    expect([task.ExecutionRoleArn, task.TaskRoleArn].map((arn) => arn['Fn::GetAtt'][0])).toEqual([expect.stringMatching(/^Execution/), expect.stringMatching(/^Own/)]);
    expect(executionStatements(stack)).toContainEqual({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: KEY_ARN });
    expect(taskStatements(stack)).toEqual([SESSION]);
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter((id) => id.startsWith('Daemon'))).toEqual([]);
  });

  test('of another stack are granted here, without a cycle', () => {
    const app = new App();
    const roles = new Stack(app, 'Roles');
    const stack = new Stack(app, 'S');
    const { cluster, provider } = managedCluster(stack);
    new AgentManagedDaemon(stack, 'Daemon', {
      cluster, capacityProviders: [provider], datadog: account(stack), executionRole: role(roles, 'Execution'), taskRole: role(roles, 'Own'), clusterMetadataAccess: true,
    });
    expect(roles.dependencies).toEqual([]);
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).map(({ Properties }) => JSON.stringify(Properties));
    expect(policies.filter((policy) => policy.includes('secretsmanager:GetSecretValue') && /Fn::ImportValue.*Execution/.test(policy))).toHaveLength(1);
    expect(policies.filter((policy) => policy.includes('ecs:ListClusters') && /Fn::ImportValue.*Own/.test(policy))).toHaveLength(1);
    const [task] = Object.values(Template.fromStack(stack).findResources(TASK));
    expect(task.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^DaemonExecutionPolicy/)]));
  });

  test('that were imported are used as they are', () => {
    const arn = 'arn:aws:iam::111122223333:role/agents/execution';
    const stack = withDaemon((scope) => ({ executionRole: iam.Role.fromRoleArn(scope, 'Execution', arn, { mutable: false }) }));
    expect(only(stack, TASK).ExecutionRoleArn).toBe(arn);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('secretsmanager');
  });
});

describe('the task role', () => {
  test('may do nothing', () => {
    expect(taskStatements(withManagedDaemon().stack)).toEqual([]);
    expect(only(withManagedDaemon().stack, 'AWS::ECS::Daemon').EnableExecuteCommand).toBeUndefined();
  });

  test('may open sessions where ECS Exec is on', () => {
    const { stack } = withManagedDaemon({ enableExecuteCommand: true });
    expect(only(stack, 'AWS::ECS::Daemon').EnableExecuteCommand).toBe(true);
    expect(taskStatements(stack)).toEqual([SESSION]);
  });

  test("may use the key and the logs of the cluster's sessions, as the tasks of a service may", () => {
    const stack = withDaemon(() => ({ enableExecuteCommand: true }), (scope) => ({
      executeCommandConfiguration: {
        kmsKey: new kms.Key(scope, 'SessionKey'),
        logging: ecs.ExecuteCommandLogging.OVERRIDE,
        logConfiguration: {
          cloudWatchLogGroup: new logs.LogGroup(scope, 'Sessions'), s3Bucket: new s3.Bucket(scope, 'Recordings'), s3EncryptionEnabled: true,
        },
      },
    }));
    const statements = taskStatements(stack).map(({ Action, Resource }) => [Action, JSON.stringify(Resource)]);
    expect(statements).toEqual([
      [SESSION.Action, '"*"'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], expect.stringContaining('SessionKey')],
      ['logs:DescribeLogGroups', '"*"'],
      [['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], expect.stringMatching(/:log-group:.*Sessions.*:\*/)],
      ['s3:GetBucketLocation', '"*"'],
      ['s3:PutObject', expect.stringMatching(/:s3:::.*Recordings.*\/\*/)],
      ['s3:GetEncryptionConfiguration', expect.stringMatching(/:s3:::.*Recordings/)],
    ]);
  });

  test('has no part in sessions that are not logged', () => {
    const stack = withDaemon(() => ({ enableExecuteCommand: true }), (scope) => ({
      executeCommandConfiguration: {
        logging: ecs.ExecuteCommandLogging.NONE, logConfiguration: undefined, kmsKey: kms.Key.fromKeyArn(scope, 'SessionKey', 'arn:aws:kms:eu-west-1:111122223333:key/k'),
      },
    }));
    expect(taskStatements(stack)).toEqual([
      SESSION, { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
    ]);
  });
});

describe("the Agent's own output", () => {
  test('may go to a log group of the user', () => {
    const stack = withDaemon((scope) => ({
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'agent', logGroup: logs.LogGroup.fromLogGroupName(scope, 'Group', '/agents') }),
    }));
    expect(daemonAgent(stack).LogConfiguration.Options).toMatchObject({ 'awslogs-group': '/agents', 'awslogs-stream-prefix': 'agent' });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(executionStatements(stack)).toContainEqual(LOGS);
  });

  test('may go to Splunk, with its token as a secret', () => {
    const stack = withDaemon((scope) => ({
      logging: ecs.LogDrivers.splunk({ url: 'https://splunk.example', secretToken: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(scope, 'Token')) }),
    }));
    expect(daemonAgent(stack).LogConfiguration).toEqual({
      LogDriver: 'splunk', Options: { 'splunk-url': 'https://splunk.example' }, SecretOptions: [{ Name: 'splunk-token', ValueFrom: { Ref: expect.stringMatching(/^Token/) } }],
    });
    expect(executionStatements(stack)).toContainEqual(expect.objectContaining({ Resource: { Ref: expect.stringMatching(/^Token/) } }));
  });

  test.each<[string, ecs.LogDriver]>([
    ['json-file', ecs.LogDrivers.jsonFile()],
    // Nothing routes in the daemon's task.
    ['awsfirelens', ecs.LogDrivers.firelens({ options: { Name: 'datadog' } })],
    ['syslog', ecs.LogDrivers.syslog()],
  ])('cannot go to %s', (driver, logging) => {
    expect(() => withManagedDaemon({ logging })).toThrow(`'logging' of a managed daemon must use awslogs or splunk, got: '${driver}'`);
  });
});
