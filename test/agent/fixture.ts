// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DatadogAccount, DatadogAccountProps, DatadogSecret } from '../../lib/datadog';

export const KEY_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf';
export const IMAGE = ecs.ContainerImage.fromRegistry('registry.example/app:1');

/** A container of a template, as far as the tests read it. */
export interface RenderedContainer {
  readonly Name: string;
  readonly Essential: boolean;
  readonly Environment?: { readonly Name: string; readonly Value: any }[];
  readonly Secrets?: { readonly Name: string; readonly ValueFrom: any }[];
  readonly [property: string]: any;
}

export function inStack(context: { [flag: string]: any } = {}): Stack {
  return new Stack(new App({ context }), 'S');
}

/** An account whose key is known by its ARN, so that it adds no resource. */
export function account(stack: Stack, props: Partial<DatadogAccountProps> = {}): DatadogAccount {
  const secret = stack.node.tryFindChild('Key') as secretsmanager.ISecret | undefined ?? secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', KEY_ARN);
  return new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret), ...props });
}

/** A cluster that has instances. */
export function ec2Cluster(stack: Stack): ecs.Cluster {
  const cluster = new ecs.Cluster(stack, 'Cluster');
  cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large') });
  return cluster;
}

/** A Fargate task definition with one container, `app`, that logs to awslogs. */
export function fargateTask(stack: Stack, id = 'Task', props: ecs.FargateTaskDefinitionProps = {}): ecs.FargateTaskDefinition {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, id, { memoryLimitMiB: 1024, ...props });
  taskDefinition.addContainer('app', { image: IMAGE, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
  return taskDefinition;
}

/** The one task definition of a stack, or the one that has a container of the given name. */
export function renderedTask(stack: Stack, container?: string): { [property: string]: any } {
  const tasks = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => Properties);
  const found = tasks.filter((task) => !container || task.ContainerDefinitions.some(({ Name }: RenderedContainer) => Name === container));
  expect(found).toHaveLength(1);
  return found[0];
}

export function renderedContainer(stack: Stack, name: string): RenderedContainer {
  return renderedTask(stack, name).ContainerDefinitions.find(({ Name }: RenderedContainer) => Name === name);
}

/** A container's variables; a name that is there twice, or among the secrets too, is refused by ECS. */
export function environmentOf({ Environment = [], Secrets = [] }: RenderedContainer): { [name: string]: any } {
  const names = [...Environment, ...Secrets].map(({ Name }) => Name);
  expect(names).toEqual([...new Set(names)]);
  return Object.fromEntries(Environment.map(({ Name, Value }) => [Name, Value]));
}

/** The ids of a stack's warnings, sorted, as often as they are there. */
export function warningIds(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue())
    .map(({ entry }) => /\[ack: (.*)\]/.exec(String(entry.data))?.[1] ?? String(entry.data))
    .sort();
}

/** How many resources a stack has, by type. */
export function resourceCounts(stack: Stack): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const { Type } of Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources)) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}
