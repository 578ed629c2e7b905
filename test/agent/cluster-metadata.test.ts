// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IMAGE, account, ec2Cluster, fargateTask, inStack, renderedTask, resourceCounts } from './fixture';
import { only, statementsOf, withManagedDaemon } from './managed-fixture';
import { AgentDaemonService, FargateAgentSidecar } from '../../lib/agent';

const AGENT = 'datadog-agent';
const clusterMetadataAccess = true;

/** Actions of a role with the resources that they are for, ARNs from their last part on. */
function accessOf(stack: Stack, role: string): { [action: string]: string } {
  return Object.fromEntries(statementsOf(stack, role).flatMap(({ Action, Resource }) => [Action].flat().map((action) => [action, textOf(Resource)])));
}

function textOf(resource: any): string {
  const text = typeof resource === 'string' ? resource : (resource['Fn::Join']?.[1] ?? [`<${resource['Fn::GetAtt']}>`]).map((part: any) => part.Ref ? `<${part.Ref}>` : part).join('');
  return text.replace(/^arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:/, '').replace(/[0-9A-F]{8}(?=[>,])/g, '');
}

const taskRole = (stack: Stack) => renderedTask(stack, AGENT).TaskRoleArn['Fn::GetAtt'][0];

const ON_CLUSTER = {
  'ecs:ListClusters': '*',
  'ecs:ListContainerInstances': '<Cluster,Arn>',
  'ecs:DescribeContainerInstances': 'container-instance/<Cluster>/*',
  'ecs:ListTasks': 'container-instance/<Cluster>/*',
  'ecs:DescribeTasks': 'task/<Cluster>/*',
};
const ON_EC2 = { 'ec2:DescribeInstances': '*', 'ec2:DescribeTags': '*' };

test('a sidecar has no task role of its own by default, and three documented actions by option, for as little as AWS lets them be for', () => {
  const without = inStack();
  new FargateAgentSidecar(without, 'Sidecar', { taskDefinition: fargateTask(without), datadog: account(without) });
  expect(statementsOf(without, taskRole(without))).toEqual([]);
  const stack = inStack();
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: fargateTask(stack), datadog: account(stack), clusterMetadataAccess });
  expect(accessOf(stack, taskRole(stack))).toEqual({
    'ecs:ListClusters': '*', 'ecs:ListContainerInstances': 'cluster/*', 'ecs:DescribeContainerInstances': 'container-instance/*',
  });
  expect(resourceCounts(stack)['AWS::IAM::Policy']).toBe((resourceCounts(without)['AWS::IAM::Policy'] ?? 0) + 1);
});

test('a daemon on EC2 may read its cluster, the tasks there and the instances', () => {
  const stack = inStack();
  new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), clusterMetadataAccess });
  expect(accessOf(stack, taskRole(stack))).toEqual({ ...ON_CLUSTER, ...ON_EC2 });
});

test('a daemon on external instances has no instances of EC2 to read', () => {
  const stack = inStack();
  const cluster = new ecs.Cluster(stack, 'Cluster');
  new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack), launchType: ecs.LaunchType.EXTERNAL, clusterMetadataAccess });
  expect(accessOf(stack, taskRole(stack))).toEqual(ON_CLUSTER);
});

test('a managed daemon may read the same as one on EC2', () => {
  const { stack } = withManagedDaemon({ clusterMetadataAccess });
  expect(accessOf(stack, only(stack, 'AWS::ECS::DaemonTaskDefinition').TaskRoleArn['Fn::GetAtt'][0])).toEqual({ ...ON_CLUSTER, ...ON_EC2 });
});

test('a task role of the user is granted it, not replaced', () => {
  const stack = inStack();
  const role = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, taskRole: role });
  taskDefinition.addContainer('app', { image: IMAGE });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), clusterMetadataAccess });
  expect(taskRole(stack)).toMatch(/^Own/);
  expect(Object.keys(accessOf(stack, taskRole(stack)))).toHaveLength(3);
});
