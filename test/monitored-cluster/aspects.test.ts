// SPDX-License-Identifier: Apache-2.0
import { Aspects, CfnResource, IAspect, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import {
  addInstances, awslogs, clusterIn, ec2Service, environmentOf, fargateService, fargateTask, filtersOf, IMAGE, monitor, newStack, taskOf,
  tasksOf, vpcIn, warnings,
} from './fixture';
import { MonitoredCluster } from '../../lib/monitored-cluster';

const STABILIZATION = '@aws-cdk/core:aspectStabilization';
const PRIORITIES = [100, 200, 500];

/** Every priority, with and without the flag, before and after the MonitoredCluster. */
const CASES = PRIORITIES.flatMap((priority) => [true, false].flatMap((stabilized) =>
  [true, false].map((isFirst) => ({ priority, stabilized, isFirst }))));

/** A stack with an Aspect of the user's. */
function withAspect(
  { priority, stabilized, isFirst }: typeof CASES[number],
  aspect: (monitored: () => MonitoredCluster) => IAspect,
  declare: (stack: Stack, cluster: ecs.ICluster) => unknown,
): Stack {
  const stack = newStack({ [STABILIZATION]: stabilized });
  const cluster = clusterIn(stack);
  let monitored: MonitoredCluster;
  const steps = [
    () => Aspects.of(stack.node.root).add(aspect(() => monitored), { priority }),
    () => { monitored = monitor(stack, { cluster }); },
  ];
  (isFirst ? steps : steps.reverse()).forEach((step) => step());
  declare(stack, cluster);
  return stack;
}

describe.each(CASES)("with an Aspect of the user's at priority $priority (stabilized: $stabilized, added first: $isFirst)", (given) => {
  test('a container that it adds to a task is instrumented, and its logs are forwarded', () => {
    const addContainer: IAspect = {
      visit(node) {
        if (node instanceof ecs.FargateTaskDefinition && !node.findContainer('added')) {
          node.addContainer('added', { image: IMAGE, logging: awslogs('added') });
        }
      },
    };
    const stack = withAspect(given, () => addContainer, (scope, cluster) => fargateService(scope, 'Web', cluster));
    const { added } = taskOf(stack);
    expect(environmentOf(added)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(Object.keys(filtersOf(stack))).toHaveLength(2);
    expect(warnings(stack)).toEqual([]);
  });

  test('a container that it adds when it sees the service is instrumented', () => {
    const addContainer: IAspect = {
      visit(node) {
        if (node instanceof ecs.FargateService && !node.taskDefinition.findContainer('added')) {
          node.taskDefinition.addContainer('added', { image: IMAGE });
        }
      },
    };
    const stack = withAspect(given, () => addContainer, (scope, cluster) => fargateService(scope, 'Web', cluster));
    expect(environmentOf(taskOf(stack).added)).toHaveProperty('DD_TRACE_AGENT_URL');
    expect(warnings(stack)).toEqual(['WebTask/added noLogRoute']);
  });

  test('a service that it adds is watched', () => {
    const addService = (monitored: () => MonitoredCluster): IAspect => ({
      visit(node) {
        if (Stack.isStack(node) && !node.node.tryFindChild('Added')) {
          fargateService(node, 'Added', monitored().cluster, { taskDefinition: fargateTask(node, 'AddedTask') });
        }
      },
    });
    const stack = withAspect(given, addService, () => undefined);
    expect(Object.keys(taskOf(stack))).toEqual(['app', 'datadog-agent']);
    expect(Object.keys(filtersOf(stack))).toHaveLength(1);
  });

  test('what it says of a container wins', () => {
    const setEnvironment: IAspect = {
      visit(node) {
        if (node instanceof ecs.ContainerDefinition && node.containerName === 'app') {
          node.addEnvironment('DD_SERVICE', 'own');
        }
      },
    };
    const stack = withAspect(given, () => setEnvironment, (scope, cluster) => fargateService(scope, 'Web', cluster));
    const { app } = taskOf(stack);
    expect(environmentOf(app).DD_SERVICE).toBe('own');
    expect(app.DockerLabels['com.datadoghq.tags.service']).toBe('own');
  });

  test('what only reads sees every resource that the MonitoredCluster adds', () => {
    const seen = new Set<string>();
    const readOnly: IAspect = {
      visit(node: IConstruct) {
        if (CfnResource.isCfnResource(node)) {
          seen.add(Stack.of(node).getLogicalId(node));
        }
      },
    };
    const stack = withAspect(given, () => readOnly, (scope, cluster) => {
      fargateService(scope, 'Web', cluster, { taskDefinition: fargateTask(scope, 'WebTask', { logging: undefined }) });
      addInstances(cluster as ecs.Cluster);
      ec2Service(scope, 'Billing', cluster);
    });
    const ids = Object.keys(Template.fromStack(stack).toJSON().Resources);
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  });
});

test('tags of a stack reach all that is added, wherever it stands in the tree', () => {
  const stack = newStack();
  const nested = new NestedStack(stack, 'Nested');
  const cluster = clusterIn(stack);
  // Task and service come first in the tree, the MonitoredCluster last.
  fargateService(stack, 'Web', cluster, { taskDefinition: fargateTask(stack, 'WebTask', { logging: undefined }) });
  ec2Service(nested, 'Billing', cluster);
  monitor(stack, { cluster });
  addInstances(cluster);
  Tags.of(stack).add('team', 'shop');
  for (const type of ['AWS::ECS::TaskDefinition', 'AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::Lambda::Function', 'AWS::S3::Bucket']) {
    const resources: [string, any][] = [stack, nested].flatMap((one) => Object.entries(Template.fromStack(one).findResources(type)));
    expect(resources.length).toBeGreaterThan(0);
    const untagged = resources.filter(([, { Properties }]) => !Properties.Tags?.some(({ Key }: any) => Key === 'team'));
    expect(untagged.map(([id]) => id)).toEqual([]);
  }
});

test('without an Aspect of anybody else nothing depends on how the CDK runs them', () => {
  const templates = [true, false].map((stabilized) => {
    const stack = newStack({ [STABILIZATION]: stabilized });
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    addInstances(cluster as ecs.Cluster);
    fargateService(stack, 'Web', cluster);
    ec2Service(stack, 'Billing', cluster);
    expect(tasksOf(stack)).toHaveLength(2);
    return Template.fromStack(stack).toJSON();
  });
  expect(templates[0]).toEqual(templates[1]);
});
