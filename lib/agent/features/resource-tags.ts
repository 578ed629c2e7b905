// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { besideApplications, on } from './unsupported';
import { AgentPlatform } from '../agent-platform';

/** Options of `AgentFeature.resourceTags`. */
export interface ResourceTagsOptions {
  /**
   * Whether colons in the keys of tags become underscores, as `aws_cloudformation_stack-name` for `aws:cloudformation:stack-name`.
   *
   * @default false
   */
  readonly replaceColons?: boolean;
}

const ON_INSTANCES_ONLY = {
  reason: 'the Agent collects the tags of ECS resources on container instances of EC2 only',
  instead: "labels with AgentFeature.containerTags(), or the property 'tags'",
  source: 'https://docs.datadoghq.com/containers/amazon_ecs/tags/',
};

/** The Agent asks the ECS agent of its instance, which asks ECS with the role of the instance. */
export const resourceTags: FeatureDefinition<ResourceTagsOptions> = {
  name: 'resource-tags',
  unsupported: { ...besideApplications(ON_INSTANCES_ONLY), ...on([AgentPlatform.EXTERNAL_DAEMON, AgentPlatform.MANAGED_DAEMON], ON_INSTANCES_ONLY) },

  bind({ replaceColons }) {
    return {
      environment: {
        DD_ECS_COLLECT_RESOURCE_TAGS_EC2: 'true',
        ...(replaceColons === undefined ? {} : { DD_ECS_RESOURCE_TAGS_REPLACE_COLON: String(replaceColons) }),
      },
    };
  },
};
