// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { processIntake } from './process-intake';
import { PASSWD_MOUNT } from './system-probe';
import { onWindows } from './unsupported';
import { definitionOf } from '../platforms/platforms';

/** Options for `AgentFeature.processes`. */
export interface ProcessesOptions {
  /**
   * Whether all command-line arguments are removed. By default, only the values of arguments that look like secrets are.
   *
   * @default false
   */
  readonly stripArguments?: boolean;
}

/** https://docs.datadoghq.com/infrastructure/process/ */
export const processes: FeatureDefinition<ProcessesOptions> = {
  name: 'processes',
  disabledEnvironment: { DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'false' },
  unsupported: onWindows({
    reason: 'containers of Windows cannot share a process namespace, so the Agent sees its own processes only',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html',
  }),

  bind(options, { platform, datadog }) {
    const environment = {
      DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED: 'true',
      ...(options.stripArguments ? { DD_STRIP_PROCESS_ARGS: 'true' } : {}),
      ...processIntake(datadog),
    };
    if (!definitionOf(platform).isDaemon) {
      return { environment, pidMode: ecs.PidMode.TASK };
    }
    return { environment, pidMode: ecs.PidMode.HOST, mounts: [PASSWD_MOUNT] };
  },
};
