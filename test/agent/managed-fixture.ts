// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { account, inStack } from './fixture';
import { AgentManagedDaemon, AgentManagedDaemonProps } from '../../lib/agent';

/** A capacity provider for instances that ECS manages, on no cluster yet. */
export function capacityProvider(stack: Stack, id = 'Provider', props: Partial<ecs.ManagedInstancesCapacityProviderProps> = {}) {
  const vpc = stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
  const securityGroups = [new ec2.SecurityGroup(stack, `${id}Group`, { vpc })];
  return new ecs.ManagedInstancesCapacityProvider(stack, id, { subnets: vpc.privateSubnets, securityGroups, ...props });
}

/** A cluster with instances that ECS manages. */
export function managedCluster(stack: Stack, id = 'Cluster') {
  const provider = capacityProvider(stack, `${id}Provider`);
  const cluster = new ecs.Cluster(stack, id, { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
  cluster.addManagedInstancesCapacityProvider(provider);
  return { cluster, provider };
}

export function withManagedDaemon(props: Partial<AgentManagedDaemonProps> = {}) {
  const stack = inStack();
  const { cluster, provider } = managedCluster(stack);
  const daemon = new AgentManagedDaemon(stack, 'Daemon', { cluster, capacityProviders: [provider], datadog: account(stack), ...props });
  return { stack, cluster, provider, daemon };
}

/** The properties of the one resource of a type. */
export function only(stack: Stack, type: string): { [property: string]: any } {
  const [resource, ...others] = Object.values(Template.fromStack(stack).findResources(type));
  expect(others).toEqual([]);
  return resource.Properties;
}

/** The Agent's container in the managed daemon of a stack. */
export function daemonAgent(stack: Stack): { [property: string]: any } {
  return only(stack, 'AWS::ECS::DaemonTaskDefinition').ContainerDefinitions[0];
}

/** What a role may do besides assuming it, by the logical id of the role. */
export function statementsOf(stack: Stack, role: string): any[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies.filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}
