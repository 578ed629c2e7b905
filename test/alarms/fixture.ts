// SPDX-License-Identifier: Apache-2.0
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AlertBackend, AlertRule, CloudWatchAlertOptions, DatadogAlertOptions, EcsAlarms } from '../../lib/alarms';
import { accountIn, customResources } from '../datadog/resources/fixture';

/** A stack in an app of its own, with the given feature flags. */
export function newStack(context: Record<string, unknown> = {}, props: StackProps = {}): Stack {
  return new Stack(new App({ context: { ...context, 'aws:cdk:enable-path-metadata': true } }), 'Stack', props);
}

/** A cluster that is known to have Container Insights, without a VPC of its own. */
export function newCluster(scope: Construct, id = 'Cluster'): ecs.CfnCluster {
  return new ecs.CfnCluster(scope, id, { clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }] });
}

/** A service that runs somewhere, by name. */
export function importedService(scope: Construct, id: string, serviceName = id): ecs.IService {
  const { partition, region, account } = Stack.of(scope);
  return ecs.FargateService.fromFargateServiceArn(scope, id, `arn:${partition}:ecs:${region}:${account}:service/prod/${serviceName}`);
}

/** The properties of each alarm, by the path of its construct below the stack. */
export function alarmsOf(stack: Stack): Record<string, any> {
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(alarms.map((alarm) => [
    String(alarm.Metadata?.['aws:cdk:path']).replace(/^Stack\//, '').replace(/\/Resource$/, ''), alarm.Properties,
  ]));
}

/** What one rule becomes for the cluster `prod` of account 111111111111 in eu-west-1, in both forms. */
export interface RenderedRule {
  readonly stack: Stack;
  readonly alarms: EcsAlarms;
  /** The properties of its only alarm. */
  readonly alarm: any;
  /** The monitor as Datadog's API takes it; it has passed the official client's model. */
  readonly monitor: any;
  /** The pattern of its only EventBridge rule. */
  readonly eventPattern: any;
}

/** How one rule is to be rendered. */
export interface RenderOptions {
  /** Names of services. */
  readonly services?: string[];
  readonly cloudWatch?: CloudWatchAlertOptions | false;
  readonly datadog?: Omit<DatadogAlertOptions, 'account'> | false;
}

/** Renders one rule with both backends, or with those that are not `false`. */
export function render(rule: AlertRule, { services, cloudWatch = {}, datadog = {} }: RenderOptions = {}): RenderedRule {
  const stack = newStack({}, { env: { account: '111111111111', region: 'eu-west-1' } });
  const alarms = new EcsAlarms(stack, 'Alarms', {
    cluster: ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod'),
    services: services?.map((name) => ecs.FargateService.fromFargateServiceArn(stack, name, `arn:aws:ecs:eu-west-1:111111111111:service/prod/${name}`)),
    containerInsights: true,
    rules: [rule],
    backends: [
      ...cloudWatch ? [AlertBackend.cloudWatch(cloudWatch)] : [],
      ...datadog ? [AlertBackend.datadog({ account: accountIn(stack), ...datadog })] : [],
    ],
  });
  return {
    stack,
    alarms,
    get alarm() { return only(Object.values(alarmsOf(stack))); },
    get monitor() { return only(customResources(stack, 'Custom::DatadogMonitor')).definition; },
    get eventPattern() { return only(Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))).Properties.EventPattern; },
  };
}

function only<T>(values: T[]): T {
  expect(values).toHaveLength(1);
  return values[0];
}
