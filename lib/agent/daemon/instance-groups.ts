// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { referencedConstruct } from '../../private/referenced-construct';
import { constructsOf, stageOf } from '../../private/stage-of';

type Template = autoscaling.CfnAutoScalingGroup.LaunchTemplateSpecificationProperty;

/** What instances are launched from, resolved. */
export interface LaunchSettings {
  readonly imageId?: unknown;
  readonly metadataOptions?: { readonly httpTokens?: string; readonly httpPutResponseHopLimit?: number };
}

/** The groups of instances that this app gives to a cluster: by `addCapacity`, which makes them, or through a capacity provider. */
export function instanceGroups(scope: IConstruct, cluster: ecs.ICluster): autoscaling.AutoScalingGroup[] {
  if (!ecs.Cluster.isCluster(cluster)) {
    return [];
  }
  const providers = constructsOf(stageOf(scope)).filter((node): node is ecs.AsgCapacityProvider => node instanceof ecs.AsgCapacityProvider);
  const ofCluster = providers.filter(({ capacityProviderName }) => cluster.capacityProviderNames.includes(capacityProviderName));
  const own = cluster.node.findAll().filter((node): node is autoscaling.AutoScalingGroup => node instanceof autoscaling.AutoScalingGroup);
  return [...new Set([...own, ...ofCluster.map(({ autoScalingGroup }) => autoScalingGroup)])];
}

/** The launch configuration or the launch templates of a group, as far as they are in this app. */
export function launchSettings(group: autoscaling.AutoScalingGroup): LaunchSettings[] {
  return launchReferences(group).flatMap((reference) => {
    const source = referencedConstruct(reference, group);
    const resolve = (value: unknown) => Stack.of(source!).resolve(value);
    if (source instanceof ec2.CfnLaunchTemplate) {
      return [resolve(source.launchTemplateData) as LaunchSettings];
    }
    return source instanceof autoscaling.CfnLaunchConfiguration
      ? [{ imageId: resolve(source.imageId), metadataOptions: resolve(source.metadataOptions) }]
      : [];
  });
}

/** References to launch configuration or templates: a group has one, with mixed instances one more for each kind that differs. */
function launchReferences(group: autoscaling.AutoScalingGroup): string[] {
  const { launchConfigurationName, launchTemplate, mixedInstancesPolicy } = group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
  const policy = mixedInstancesPolicy as autoscaling.CfnAutoScalingGroup.MixedInstancesPolicyProperty | undefined;
  const mixed = policy?.launchTemplate as autoscaling.CfnAutoScalingGroup.LaunchTemplateProperty | undefined;
  const overrides = (mixed?.overrides ?? []) as autoscaling.CfnAutoScalingGroup.LaunchTemplateOverridesProperty[];
  const specifications = overrides.map(({ launchTemplateSpecification }) => launchTemplateSpecification);
  const templates = [launchTemplate, mixed?.launchTemplateSpecification, ...specifications] as (Template | undefined)[];
  const ids = templates.map((template) => template?.launchTemplateId);
  return [launchConfigurationName, ...ids].filter((reference): reference is string => reference !== undefined);
}
