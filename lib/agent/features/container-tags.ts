// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { definitionOf } from '../platforms/platforms';

/** Options of `AgentFeature.containerTags`. At least one has to be given. */
export interface ContainerTagsOptions {
  /**
   * Tags from the labels of containers: the tag's key by the label's name, which may be a pattern such as `com.acme.*`; `%%label%%` in a key stands for the
   * label's name.
   *
   * @default - none
   */
  readonly labelsAsTags?: { readonly [label: string]: string };

  /**
   * Tags from the environment variables of containers: the tag's key by the variable's name. In daemons: beside an application the Agent does not see them.
   *
   * @default - none
   */
  readonly envAsTags?: { readonly [variable: string]: string };
}

const FARGATE = 'https://docs.datadoghq.com/integrations/ecs_fargate/#other-environment-variables';

/** There is nothing to switch off: without a map no tags are taken. https://docs.datadoghq.com/containers/docker/tag/ */
export const containerTags: FeatureDefinition<ContainerTagsOptions> = {
  name: 'container-tags',

  bind({ labelsAsTags = {}, envAsTags = {} }, { platform }) {
    const variables = Object.keys(envAsTags);
    if (variables.length + Object.keys(labelsAsTags).length === 0) {
      throw new Error("'labelsAsTags' or 'envAsTags' must name something to take tags from, got: nothing");
    }
    if (variables.length > 0 && !definitionOf(platform).isDaemon) {
      throw new Error(`'envAsTags' must be empty for a ${platform}, since the task's metadata do not hold the variables of its containers (${FARGATE}), `
        + `got: '${variables.join("', '")}'; use 'labelsAsTags'`);
    }
    return {
      environment: {
        ...mapSetting('DD_CONTAINER_LABELS_AS_TAGS', labelsAsTags),
        ...mapSetting('DD_CONTAINER_ENV_AS_TAGS', envAsTags),
      },
    };
  },
};

/** Equal maps give equal text, whatever their order. */
function mapSetting(setting: string, keys: { readonly [name: string]: string }): { [name: string]: string } {
  const entries = Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? {} : { [setting]: JSON.stringify(Object.fromEntries(entries)) };
}
