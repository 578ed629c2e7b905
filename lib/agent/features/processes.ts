// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { AgentPlatform } from '../agent-platform';

/** Options for `AgentFeature.processes`. */
export interface ProcessesOptions {
  /**
   * Whether all command-line arguments are removed. By default, only the values of arguments that look like secrets are.
   *
   * @default false
   */
  readonly stripArguments?: boolean;
}

export const processes: FeatureDefinition<ProcessesOptions> = {
  name: 'processes',
  disabledEnvironment: { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'false' },

  bind(options, { platform, datadog }) {
    const environment = {
      DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true',
      ...(options.stripArguments ? { DD_STRIP_PROCESS_ARGS: 'true' } : {}),
      ...(datadog.endpoints.processes ? { DD_PROCESS_CONFIG_PROCESS_DD_URL: datadog.endpoints.processes } : {}),
    };
    if (platform === AgentPlatform.FARGATE_SIDECAR) {
      return { environment, pidMode: ecs.PidMode.TASK };
    }
    return {
      environment,
      pidMode: ecs.PidMode.HOST,
      // User names in place of numbers.
      mounts: [{ volumeName: 'passwd', hostPath: '/etc/passwd', containerPath: '/etc/passwd' }],
    };
  },
};
