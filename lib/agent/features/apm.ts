// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { SOCKET_DIRECTORY, socketMount } from './sockets';
import { AgentTransport } from '../agent-transport';

/** Options for `AgentFeature.apm`. */
export interface ApmOptions {
  /**
   * How tracers reach the Agent.
   *
   * @default AgentTransport.UNIX_SOCKET
   */
  readonly transport?: AgentTransport;
}

/** The trace Agent's port, https://docs.datadoghq.com/containers/amazon_ecs/apm/. */
const TRACE_PORT = 8126;

export const apm: FeatureDefinition<ApmOptions> = {
  name: 'apm',
  disabledEnvironment: { DD_APM_ENABLED: 'false' },

  bind(options, { platform, datadog }) {
    const environment = {
      DD_APM_ENABLED: 'true',
      ...(datadog.endpoints.traces ? { DD_APM_DD_URL: datadog.endpoints.traces } : {}),
    };
    if (options.transport === AgentTransport.NETWORK) {
      return {
        environment: { ...environment, DD_APM_NON_LOCAL_TRAFFIC: 'true' },
        ports: [{ port: TRACE_PORT, protocol: ecs.Protocol.TCP }],
        applicationNeedsAgentHost: true,
      };
    }
    return {
      environment,
      mounts: [socketMount(platform, 'agent')],
      applicationEnvironment: { DD_TRACE_AGENT_URL: `unix://${SOCKET_DIRECTORY}/apm.socket` },
      applicationMounts: [socketMount(platform, 'application')],
    };
  },
};
