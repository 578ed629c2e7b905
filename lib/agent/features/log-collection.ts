// SPDX-License-Identifier: Apache-2.0
import { containerFilter } from './container-filter';
import { FeatureDefinition } from './feature-definition';
import { LINUX_LOG_MOUNTS, WINDOWS_LOG_MOUNTS } from './log-files';
import { logIntake } from './log-intake';
import { besideApplications, on } from './unsupported';
import { AgentPlatform } from '../agent-platform';
import { definitionOf } from '../platforms/platforms';

/** Options for `AgentFeature.logCollection`. */
export interface LogCollectionOptions {
  /**
   * Whether logs are collected from all containers, or only from those with an Autodiscovery label for logs (`Autodiscovery.of(container).addLogs`).
   *
   * @default true
   */
  readonly collectAll?: boolean;

  /**
   * Containers that are not tailed: `name:` or `image:` and a regular expression, such as `image:envoy`. The Agent itself is always among them.
   *
   * @default - none
   * @see https://docs.datadoghq.com/containers/guide/container-discovery-management/
   */
  readonly exclude?: string[];

  /**
   * Containers that are tailed though `exclude` matches them, in the same form. With `exclude: ['name:.*']` nothing else is tailed. To the Agent a filter here
   * wins over its own exclusion too, so do not write one that matches everything.
   *
   * @default - none
   */
  readonly include?: string[];

  /**
   * Whether the Agent finds out by itself that lines belong together, as those of a stack trace do.
   *
   * @default true
   * @see https://docs.datadoghq.com/agent/logs/auto_multiline_detection/
   */
  readonly autoMultiLine?: boolean;

  /**
   * Whether the output of the ECS container agent (`ecs-agent`) is tailed along with that of the tasks.
   *
   * @default true
   */
  readonly ecsAgent?: boolean;
}

const FORWARDER = 'the awslogs driver on the containers, and a LogForwarder for their log group';

/** An Agent that tails itself feeds its own output back. */
const ITSELF = 'name:datadog-agent';

/** What Amazon's init service names the container, https://github.com/aws/amazon-ecs-agent/blob/master/ecs-init/config/common.go. */
const ECS_AGENT = 'name:^ecs-agent$';

export const logCollection: FeatureDefinition<LogCollectionOptions> = {
  name: 'logs',
  disabledEnvironment: { DD_LOGS_ENABLED: 'false' },
  unsupported: {
    ...besideApplications({
      reason: 'an Agent beside an application cannot see the output of its neighbours',
      instead: FORWARDER,
      source: 'https://docs.datadoghq.com/integrations/ecs_fargate/#log-collection',
    }),
    ...on([AgentPlatform.MANAGED_DAEMON], {
      reason: 'ECS keeps the output of containers on managed instances out of reach',
      instead: FORWARDER,
      source: 'https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/',
    }),
  },

  bind({ collectAll = true, include = [], exclude = [], autoMultiLine = true, ecsAgent = true }, { platform, datadog }) {
    const [included, excluded] = [containerFilter('include', include), containerFilter('exclude', exclude)];
    return {
      environment: {
        DD_LOGS_ENABLED: 'true',
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: String(collectAll),
        DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: String(autoMultiLine),
        DD_CONTAINER_EXCLUDE_LOGS: [ITSELF, ...(ecsAgent ? [] : [ECS_AGENT]), ...(excluded ? [excluded] : [])].join(' '),
        ...(included ? { DD_CONTAINER_INCLUDE_LOGS: included } : {}),
        ...logIntake(datadog.endpoints.logs),
      },
      mounts: definitionOf(platform).runsWindows ? WINDOWS_LOG_MOUNTS : LINUX_LOG_MOUNTS,
    };
  },
};
