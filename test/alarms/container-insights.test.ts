// SPDX-License-Identifier: Apache-2.0
import { Annotations as CoreAnnotations, App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { newStack } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms, EcsAlarmsProps } from '../../lib/alarms';

const OFF = "these rules need Container Insights, which is off on the cluster: RunningTasks, PendingTasks; set 'containerInsightsV2: ecs.ContainerInsights.ENHANCED'";
const UNKNOWN = 'These rules stay silent unless the cluster has Container Insights: RunningTasks, PendingTasks.';

function watch(stack: Stack, cluster: ecs.IClusterRef, props: Partial<EcsAlarmsProps> = {}): EcsAlarms {
  return new EcsAlarms(stack, 'Alarms', { cluster, backends: [AlertBackend.cloudWatch()], ...props });
}

function newCluster(stack: Stack, props: ecs.ClusterProps = {}): ecs.Cluster {
  return new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc'), ...props });
}

function imported(stack: Stack): ecs.ICluster {
  return ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod');
}

function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Container Insights')).map(({ entry }) => String(entry.data));
}

describe('known to be off', () => {
  // One of the cases is a deprecated property.
  beforeEach(() => void jest.spyOn(console, 'warn').mockImplementation());

  test.each([
    ['its own property', (stack: Stack) => newCluster(stack, { containerInsightsV2: ecs.ContainerInsights.DISABLED })],
    ['the deprecated property', (stack: Stack) => newCluster(stack, { containerInsights: false })],
    ['an L1', (stack: Stack) => new ecs.CfnCluster(stack, 'Cluster', { clusterSettings: [{ name: 'containerInsights', value: 'disabled' }] })],
  ])('by %s: an error that names the rules and the fix', (_name, cluster) => {
    const stack = newStack();
    watch(stack, cluster(stack));
    expect(() => Template.fromStack(stack)).toThrow(OFF);
  });

  test('by what the owner of an imported cluster states', () => {
    const stack = newStack();
    watch(stack, imported(stack), { containerInsights: false });
    expect(() => Template.fromStack(stack)).toThrow(OFF);
  });

  test('whatever is stated here, since the cluster itself knows better', () => {
    const stack = newStack();
    watch(stack, newCluster(stack, { containerInsightsV2: ecs.ContainerInsights.DISABLED }), { containerInsights: true });
    expect(() => Template.fromStack(stack)).toThrow(OFF);
  });

  test('is no matter for rules that do not need it', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { containerInsightsV2: ecs.ContainerInsights.DISABLED });
    watch(stack, cluster, { rules: [AlertRule.cpuUtilization(), AlertRule.memoryUtilization()] });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 2);
  });

  test('may change until the app is synthesized', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { containerInsightsV2: ecs.ContainerInsights.DISABLED });
    watch(stack, cluster);
    (cluster.node.defaultChild as ecs.CfnCluster).clusterSettings = [{ name: 'containerInsights', value: 'enhanced' }];
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 4);
    expect(warnings(stack)).toEqual([]);
  });
});

describe('unknown', () => {
  test.each([['imported', imported], ['left to the account default', (stack: Stack) => newCluster(stack)]])(
    '(%s): one warning, in the cloud assembly, that names each rule that would stay silent', (_name, cluster) => {
      const stack = newStack();
      watch(stack, cluster(stack));
      expect(warnings(stack)).toHaveLength(1);
      expect(warnings(stack)[0]).toContain(UNKNOWN);
      expect(warnings(stack)[0]).toContain('[ack: cdk-ecs-datadog:containerInsightsUnknown]');
    });

  test('it reaches the assembly of a Stage too, once however often that is synthesized', () => {
    const stage = new Stage(new App(), 'Prod');
    const stack = new Stack(stage, 'Stack');
    watch(stack, imported(stack));
    stage.synth();
    stage.synth({ force: true });
    expect(warnings(stack)).toHaveLength(1);
  });

  test('it reaches the assembly too where the setting was taken away after the alarms were made', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    watch(stack, cluster);
    (cluster.node.defaultChild as ecs.CfnCluster).clusterSettings = undefined;
    expect(warnings(stack)).toHaveLength(1);
  });

  test('it is taken back where the setting came after the alarms were made', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    watch(stack, cluster);
    (cluster.node.defaultChild as ecs.CfnCluster).clusterSettings = [{ name: 'containerInsights', value: 'enabled' }];
    expect(warnings(stack)).toEqual([]);
  });

  test('it can be acknowledged', () => {
    const stack = newStack();
    CoreAnnotations.of(watch(stack, imported(stack))).acknowledgeWarning('cdk-ecs-datadog:containerInsightsUnknown', 'the platform team turned it on');
    expect(warnings(stack)).toEqual([]);
  });

  test('what the owner states settles it', () => {
    const stack = newStack();
    watch(stack, imported(stack), { containerInsights: true });
    expect(warnings(stack)).toEqual([]);
  });

  test('is no matter for rules that do not need it', () => {
    const stack = newStack();
    watch(stack, imported(stack), { rules: [AlertRule.cpuUtilization()] });
    expect(warnings(stack)).toEqual([]);
  });
});

test.each([ecs.ContainerInsights.ENABLED, ecs.ContainerInsights.ENHANCED])('known to be %s: no warning', (containerInsightsV2) => {
  const stack = newStack();
  watch(stack, newCluster(stack, { containerInsightsV2 }));
  expect(warnings(stack)).toEqual([]);
});

test('alarms that notify nobody say so where nobody chose that', () => {
  const message = Match.stringLikeRegexp('these alarms notify nobody.*ack: cdk-ecs-datadog:alarmsWithoutActions');
  const byDefault = newStack();
  watch(byDefault, imported(byDefault), { backends: undefined });
  Annotations.fromStack(byDefault).hasWarning('/Stack/Alarms', message);
  const chosen = newStack();
  watch(chosen, imported(chosen));
  Annotations.fromStack(chosen).hasNoWarning('/Stack/Alarms', message);
});
