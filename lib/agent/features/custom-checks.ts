// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { FeatureDefinition } from './feature-definition';
import { besideApplications, on } from './unsupported';
import { AgentMount } from '../agent-feature-config';
import { AgentPlatform } from '../agent-platform';

/** Options of `AgentFeature.customChecks`. At least one has to be given. */
export interface CustomChecksOptions {
  /**
   * The directory on the instances that checks (`*.py`) lie in, such as `/opt/datadog-agent-checks.d`.
   *
   * @default - none
   */
  readonly checksDirectory?: string;

  /**
   * The directory on the instances that the configuration of checks (`*.yaml`) lies in, such as `/opt/datadog-agent-conf.d`.
   *
   * @default - none
   */
  readonly configurationDirectory?: string;
}

const OWN_IMAGE = "an image with the checks in /etc/datadog-agent/checks.d and conf.d, as the property 'image'";

/** The Agent copies what lies in `/checks.d` and `/conf.d` when it starts, https://docs.datadoghq.com/containers/docker/integrations/. */
export const customChecks: FeatureDefinition<CustomChecksOptions> = {
  name: 'custom-checks',
  unsupported: {
    ...besideApplications({
      reason: 'an Agent beside an application sees no directory of a host',
      instead: OWN_IMAGE,
      source: 'https://docs.datadoghq.com/integrations/ecs_fargate/',
    }),
    ...on([AgentPlatform.MANAGED_DAEMON], {
      reason: 'instances that ECS manages hold no files of their users',
      instead: OWN_IMAGE,
      source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html',
    }),
    ...on([AgentPlatform.EC2_WINDOWS_DAEMON], {
      reason: 'Datadog documents the directories for images of Linux',
      instead: "an image with the checks in it, as the property 'image'",
      source: 'https://docs.datadoghq.com/containers/docker/integrations/',
    }),
  },

  bind({ checksDirectory, configurationDirectory }) {
    const mounts = [
      ...directoryMount('checksDirectory', checksDirectory, { volumeName: 'datadog-checks', containerPath: '/checks.d' }),
      ...directoryMount('configurationDirectory', configurationDirectory, { volumeName: 'datadog-conf', containerPath: '/conf.d' }),
    ];
    if (mounts.length === 0) {
      throw new Error("'checksDirectory' or 'configurationDirectory' must be given, got: neither");
    }
    return { mounts };
  },
};

function directoryMount(property: string, hostPath: string | undefined, mount: AgentMount): AgentMount[] {
  if (hostPath !== undefined && !Token.isUnresolved(hostPath) && !hostPath.startsWith('/')) {
    throw new Error(`'${property}' must be an absolute path on the instances, such as '/opt/datadog-agent-checks.d', got: '${hostPath}'`);
  }
  return hostPath === undefined ? [] : [{ ...mount, hostPath }];
}
