// SPDX-License-Identifier: Apache-2.0
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

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
