// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { SOCKET_DIRECTORY, socketMount, transportOn } from './sockets';
import { AgentTransport } from '../agent-transport';
import { TagCardinality } from '../tag-cardinality';

/** Options for `AgentFeature.dogStatsD`. */
export interface DogStatsDOptions {
  /**
   * How DogStatsD clients reach the Agent.
   *
   * @default - `AgentTransport.UNIX_SOCKET`; on Windows, which has none, `AgentTransport.NETWORK`
   */
  readonly transport?: AgentTransport;

  /**
   * Whether metrics are tagged with the container that sent them. Current clients identify themselves; a daemon can identify older ones only if it
   * shares the instance's process namespace, as it does with `AgentFeature.processes`.
   *
   * @see https://docs.datadoghq.com/developers/dogstatsd/unix_socket/#origin-detection
   * @default true
   */
  readonly originDetection?: boolean;

  /**
   * How finely those tags tell senders apart. With `TagCardinality.LOW` the counts of a service's tasks may overwrite one another.
   *
   * @see https://docs.datadoghq.com/integrations/ecs_fargate/
   * @default TagCardinality.ORCHESTRATOR
   */
  readonly cardinality?: TagCardinality;
}

/** DogStatsD's port, https://docs.datadoghq.com/developers/dogstatsd/. */
const DOGSTATSD_PORT = 8125;

export const dogStatsD: FeatureDefinition<DogStatsDOptions> = {
  name: 'dogstatsd',
  disabledEnvironment: { DD_USE_DOGSTATSD: 'false' },

  bind(options, { platform }) {
    const environment = {
      DD_USE_DOGSTATSD: 'true',
      // Without the task's tags the counts of its copies overwrite each other, https://docs.datadoghq.com/integrations/ecs_fargate/.
      DD_DOGSTATSD_TAG_CARDINALITY: options.cardinality ?? TagCardinality.ORCHESTRATOR,
      ...(options.originDetection === false ? {} : { DD_DOGSTATSD_ORIGIN_DETECTION: 'true', DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: 'true' }),
    };
    if (transportOn(platform, options.transport) === AgentTransport.NETWORK) {
      return {
        environment: { ...environment, DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true' },
        ports: [{ port: DOGSTATSD_PORT, protocol: ecs.Protocol.UDP }],
        applicationNeedsAgentHost: true,
      };
    }
    return {
      environment,
      mounts: [socketMount(platform, 'agent')],
      applicationEnvironment: { DD_DOGSTATSD_URL: `unix://${SOCKET_DIRECTORY}/dsd.socket` },
      applicationMounts: [socketMount(platform, 'application')],
    };
  },
};
