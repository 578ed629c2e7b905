// SPDX-License-Identifier: Apache-2.0
import * as fc from 'fast-check';
import { AgentFeature, AgentPlatform, AgentTransport } from '../../lib/agent';
import { definitionOf } from '../../lib/agent/platforms/platforms';

export const platforms = fc.constantFrom(...Object.values(AgentPlatform));

const WITHOUT_OPTIONS = [
  AgentFeature.networkMonitoring(), AgentFeature.universalServiceMonitoring(), AgentFeature.compliance(), AgentFeature.sbom(),
  AgentFeature.liveContainers(), AgentFeature.remoteConfiguration(), AgentFeature.jmx(), AgentFeature.resourceTags(), AgentFeature.ec2Tags(),
];
const OF_TRACERS = [
  AgentFeature.profiling(), AgentFeature.dataStreams(), AgentFeature.appAndApiProtection(), AgentFeature.llmObservability(), AgentFeature.otlp(),
];

/** The transports that a platform has. */
function transports(platform: AgentPlatform) {
  const { UNIX_SOCKET, NETWORK } = AgentTransport;
  return definitionOf(platform).runsWindows ? fc.constantFrom(undefined, NETWORK) : fc.constantFrom(undefined, UNIX_SOCKET, NETWORK);
}

/** Some of the features that work on a platform, each once, with any options. */
export function featuresOn(platform: AgentPlatform): fc.Arbitrary<AgentFeature[]> {
  const transport = transports(platform);
  const apm = transport.map((value) => AgentFeature.apm({ transport: value }));
  return fc.tuple(
    fc.option(apm),
    fc.option(fc.record({ transport, originDetection: fc.boolean() }).map((options) => AgentFeature.dogStatsD(options))),
    fc.option(fc.boolean().map((stripArguments) => AgentFeature.processes({ stripArguments }))),
    fc.option(fc.boolean().map((collectAll) => AgentFeature.logCollection({ collectAll }))),
    fc.option(fc.boolean().map((remoteConfiguration) => AgentFeature.workloadProtection({ remoteConfiguration }))),
    fc.option(fc.constant(AgentFeature.ecsExplorer())),
    fc.subarray(WITHOUT_OPTIONS),
    // They need traces.
    fc.tuple(apm, fc.subarray(OF_TRACERS)).map(([traces, products]) => (products.length > 0 ? [traces, ...products] : [])),
  ).map((chosen) => {
    const working = chosen.flat().filter((feature): feature is AgentFeature => feature?._worksOn(platform) ?? false);
    return [...new Map(working.map((feature) => [feature.name, feature])).values()];
  });
}

/** Two orders of the same features, each given twice. */
export function ordersOf(features: fc.Arbitrary<AgentFeature[]>): fc.Arbitrary<[AgentFeature[], AgentFeature[]]> {
  return features.chain((once) => {
    const twice = [...once, ...once];
    const order = fc.shuffledSubarray(twice, { minLength: twice.length });
    return fc.tuple(order, order);
  });
}
