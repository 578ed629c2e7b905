// SPDX-License-Identifier: Apache-2.0
import { Token, Tokenization } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FeatureDefinition } from './feature-definition';
import { SOCKET_DIRECTORY, socketMount, transportOn } from './sockets';
import { TraceSamplingRule, sampleRate, samplingRules } from './trace-sampling';
import { AgentTransport } from '../agent-transport';

/** Options for `AgentFeature.apm`. */
export interface ApmOptions {
  /**
   * How tracers reach the Agent.
   *
   * @default - `AgentTransport.UNIX_SOCKET`; on Windows, which has none, `AgentTransport.NETWORK`
   */
  readonly transport?: AgentTransport;

  /**
   * The share of traces that every application keeps, from 0 to 1, `DD_TRACE_SAMPLE_RATE`. The Agent's target no longer applies then.
   *
   * @see https://docs.datadoghq.com/tracing/trace_pipeline/ingestion_mechanisms/
   * @default - the Agent decides by `targetTracesPerSecond`
   */
  readonly sampleRate?: number;

  /**
   * The share of some traces that is kept, `DD_TRACE_SAMPLING_RULES`. The first rule that matches decides, before `sampleRate` does.
   *
   * @default - none
   */
  readonly samplingRules?: TraceSamplingRule[];

  /**
   * How many traces a second the Agent aims at where applications do not decide, `DD_APM_TARGET_TPS`: of all tasks of an instance in a daemon, of its task in
   * a sidecar.
   *
   * @default - the Agent's own, 10, or what Datadog's ingestion control page says
   */
  readonly targetTracesPerSecond?: number;

  /**
   * Whether applications add spans for the proxies before them, such as Amazon API Gateway, from the headers that these set.
   *
   * @see https://docs.datadoghq.com/tracing/guide/aws_api_gateway_tracing/
   * @default - the tracer's own, false
   */
  readonly inferredProxyServices?: boolean;

  /**
   * Whether applications write the ids of traces into their logs, `DD_LOGS_INJECTION`.
   *
   * @see https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/
   * @default - the tracer's own, which differs between languages and versions
   */
  readonly logInjection?: boolean;
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
      ...targetEnvironment(options),
    };
    const applicationEnvironment = tracerEnvironment(options);
    if (transportOn(platform, options.transport) === AgentTransport.NETWORK) {
      return {
        environment: { ...environment, DD_APM_NON_LOCAL_TRAFFIC: 'true' },
        ports: [{ port: TRACE_PORT, protocol: ecs.Protocol.TCP }],
        applicationEnvironment,
        applicationNeedsAgentHost: true,
      };
    }
    return {
      environment,
      mounts: [socketMount(platform, 'agent')],
      applicationEnvironment: { DD_TRACE_AGENT_URL: `unix://${SOCKET_DIRECTORY}/apm.socket`, ...applicationEnvironment },
      applicationMounts: [socketMount(platform, 'application')],
    };
  },
};

function targetEnvironment({ targetTracesPerSecond: target }: ApmOptions): { [name: string]: string } {
  if (target !== undefined && !Token.isUnresolved(target) && !(target >= 0)) {
    throw new Error(`'targetTracesPerSecond' must be a number of 0 or more, got: ${target}`);
  }
  return target === undefined ? {} : { DD_APM_TARGET_TPS: Tokenization.stringifyNumber(target) };
}

function tracerEnvironment({ sampleRate: rate, samplingRules: rules, inferredProxyServices, logInjection }: ApmOptions): { [name: string]: string } {
  return {
    ...(rate === undefined ? {} : { DD_TRACE_SAMPLE_RATE: sampleRate('sampleRate', rate) }),
    ...(rules === undefined ? {} : { DD_TRACE_SAMPLING_RULES: samplingRules(rules) }),
    ...(inferredProxyServices === undefined ? {} : { DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED: String(inferredProxyServices) }),
    ...(logInjection === undefined ? {} : { DD_LOGS_INJECTION: String(logInjection) }),
  };
}
