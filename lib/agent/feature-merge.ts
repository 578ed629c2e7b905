// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeatureConfig, AgentMount, AgentPort, AgentUrl } from './agent-feature-config';
import { BoundFeature } from './bound-feature';

/** The settings of several features. Two values for one name are a conflict, since the order of features means nothing. */
export function mergeSettings(features: BoundFeature[], part: 'environment' | 'applicationEnvironment'): { [name: string]: string } {
  const merged: { [name: string]: string } = {};
  for (const [name, value] of features.flatMap(({ config }) => Object.entries(config[part] ?? {}))) {
    merged[name] = agreed(name, merged[name], value);
  }
  return merged;
}

/** The addresses that several features announce. They are settings of applications too, so no other feature may set them to something else. */
export function mergeAgentUrls(features: BoundFeature[]): { [name: string]: AgentUrl } {
  const settings = mergeSettings(features, 'applicationEnvironment');
  const merged: { [name: string]: AgentUrl } = {};
  for (const [name, { scheme, port }] of features.flatMap(({ config }) => Object.entries(config.applicationAgentUrls ?? {}))) {
    const earlier = merged[name];
    agreed(name, earlier ? `${earlier.scheme}://…:${earlier.port}` : settings[name], `${scheme}://…:${port}`);
    merged[name] = { scheme, port };
  }
  return merged;
}

/** Features may share a mount: it is there once, writable if one of them writes. */
export function mergeMounts(mounts: AgentMount[]): AgentMount[] {
  const merged = new Map<string, AgentMount>();
  const hostPaths = new Map<string, string>();
  for (const mount of mounts) {
    const earlier = merged.get(mount.containerPath);
    agreed(mount.containerPath, earlier?.volumeName, mount.volumeName);
    hostPaths.set(mount.volumeName, agreed(`volume ${mount.volumeName}`, hostPaths.get(mount.volumeName), sourceOf(mount)));
    merged.set(mount.containerPath, { ...mount, readOnly: (mount.readOnly ?? true) && (earlier?.readOnly ?? true) });
  }
  return [...merged.values()];
}

/** Every port once. */
export function mergePorts(features: BoundFeature[]): AgentPort[] {
  const ports = features.flatMap(({ config }) => config.ports ?? []);
  return [...new Map(ports.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }])).values()];
}

/** Every capability once. */
export function mergeCapabilities(features: BoundFeature[], part: 'capabilities' | 'applicationCapabilities'): ecs.Capability[] {
  return [...new Set(concatenate(features, part))].sort();
}

/** The largest size that a feature asks for, undefined if none does. */
export function mergeSize(features: BoundFeature[], part: 'cpu' | 'memoryLimitMiB'): number | undefined {
  const sizes = features.flatMap(({ config }) => config[part] ?? []);
  return sizes.length > 0 ? Math.max(...sizes) : undefined;
}

/** An application has one wrapper. */
export function mergeWrapper(features: BoundFeature[]): string[] {
  const wrappers = features.flatMap(({ config }) => (config.applicationWrapper ? [config.applicationWrapper] : []));
  wrappers.reduce<string | undefined>((earlier, wrapper) => agreed('applicationWrapper', earlier, wrapper.join(' ')), undefined);
  return wrappers[0] ?? [];
}

/** A task has one process namespace. */
export function mergePidMode(features: BoundFeature[]): ecs.PidMode | undefined {
  const modes = features.flatMap(({ config }) => config.pidMode ?? []);
  return modes.reduce<ecs.PidMode | undefined>((earlier, mode) => agreed('pidMode', earlier, mode), undefined);
}

/** What all features ask for, one after the other. */
export function concatenate<K extends 'mounts' | 'taskRolePolicy' | 'initContainers' | 'applicationMounts' | 'capabilities' | 'applicationCapabilities'>(
  features: BoundFeature[],
  part: K,
): NonNullable<AgentFeatureConfig[K]> {
  return features.flatMap(({ config }) => (config[part] ?? []) as any[]) as NonNullable<AgentFeatureConfig[K]>;
}

function sourceOf({ hostPath, dockerVolume }: AgentMount): string {
  return hostPath ?? (dockerVolume ? 'a Docker volume' : 'no host path');
}

function agreed<T extends string>(name: string, earlier: T | undefined, value: T): T {
  if (earlier !== undefined && earlier !== value) {
    throw new Error(`'features' must agree on ${name}, got: '${earlier}' and '${value}'`);
  }
  return value;
}
