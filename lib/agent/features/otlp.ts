// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { apm } from './apm';
import { FeatureDefinition } from './feature-definition';
import { logIntake } from './log-intake';
import { DatadogAccount } from '../../datadog';

/** Options of `AgentFeature.otlp`. */
export interface OtlpOptions {
  /**
   * Whether the Agent takes OTLP over gRPC, on port 4317.
   *
   * @default true
   */
  readonly grpc?: boolean;

  /**
   * Whether the Agent takes OTLP over HTTP, on port 4318. Applications are then told to use it, else gRPC.
   *
   * @default true
   */
  readonly http?: boolean;

  /**
   * Whether the Agent takes logs as well. Datadog bills them like all others.
   *
   * @default false
   */
  readonly logs?: boolean;
}

/** OTLP's own ports and what exporters call the protocols, https://opentelemetry.io/docs/specs/otel/protocol/exporter/. */
const GRPC = { port: 4317, protocol: 'grpc', setting: 'DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT' };
const HTTP = { port: 4318, protocol: 'http/protobuf', setting: 'DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT' };

/** https://docs.datadoghq.com/opentelemetry/setup/otlp_ingest_in_the_agent/ */
export const otlp: FeatureDefinition<OtlpOptions> = {
  name: 'otlp',
  // The receiver is off where no protocol is set. There is no other switch.
  // Traces are handed to the trace Agent.
  needs: [apm.name],

  bind({ grpc = true, http = true, logs = false }, { datadog }) {
    const protocols = [...(http ? [HTTP] : []), ...(grpc ? [GRPC] : [])];
    if (protocols.length === 0) {
      throw new Error("'grpc' and 'http' must not both be false, since applications could not reach the receiver, got: false and false");
    }
    const [preferred] = protocols;
    return {
      environment: {
        ...Object.fromEntries(protocols.map(({ setting, port }) => [setting, `0.0.0.0:${port}`])),
        ...(logs ? logEnvironment(datadog) : {}),
      },
      ports: protocols.map(({ port }) => ({ port, protocol: ecs.Protocol.TCP })),
      // Exporters differ in the protocol that they take without being told, and the port has to fit.
      applicationEnvironment: { OTEL_EXPORTER_OTLP_PROTOCOL: preferred.protocol },
      applicationAgentUrls: { OTEL_EXPORTER_OTLP_ENDPOINT: { scheme: 'http', port: preferred.port } },
    };
  },
};

function logEnvironment({ endpoints }: DatadogAccount): { [name: string]: string } {
  return { DD_LOGS_ENABLED: 'true', DD_OTLP_CONFIG_LOGS_ENABLED: 'true', ...logIntake(endpoints.logs) };
}
