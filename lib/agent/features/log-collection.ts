// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { logIntake } from './log-intake';
import { AgentPlatform } from '../agent-platform';

/** Options for `AgentFeature.logCollection`. */
export interface LogCollectionOptions {
  /**
   * Whether logs are collected from all containers, or only from those with an Autodiscovery label for logs (`Autodiscovery.of(container).addLogs`).
   *
   * @default true
   */
  readonly collectAll?: boolean;
}

/** Host paths of https://docs.datadoghq.com/containers/amazon_ecs/logs/. */
const TAIL_OFFSETS = '/opt/datadog-agent/run';
const DOCKER_LOGS = '/var/lib/docker/containers';

export const logCollection: FeatureDefinition<LogCollectionOptions> = {
  name: 'logs',
  disabledEnvironment: { DD_LOGS_ENABLED: 'false' },
  only: {
    on: [AgentPlatform.EC2_DAEMON],
    elsewhere: 'give the containers the awslogs driver and their log group a LogForwarder',
  },

  bind(options, { datadog }) {
    return {
      environment: {
        DD_LOGS_ENABLED: 'true',
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: String(options.collectAll ?? true),
        // An Agent that tails itself feeds its own output back.
        DD_CONTAINER_EXCLUDE_LOGS: 'name:datadog-agent',
        ...logIntake(datadog.endpoints.logs),
      },
      mounts: [
        // Where tailing goes on after a restart; on the host, so that no line is sent twice or skipped.
        { volumeName: 'pointdir', hostPath: TAIL_OFFSETS, containerPath: TAIL_OFFSETS, readOnly: false },
        { volumeName: 'containers_root', hostPath: DOCKER_LOGS, containerPath: DOCKER_LOGS },
      ],
    };
  },
};
