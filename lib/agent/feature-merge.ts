// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeatureConfig, AgentMount, AgentPort } from './agent-feature-config';
import { BoundFeature } from './bound-feature';

/** The settings of several features. Two values for one name are a conflict, since the order of features means nothing. */
export function mergeSettings(features: BoundFeature[], part: 'environment' | 'applicationEnvironment'): { [name: string]: string } {
  const merged: { [name: string]: string } = {};
  for (const [name, value] of features.flatMap(({ config }) => Object.entries(config[part] ?? {}))) {
    merged[name] = agreed(name, merged[name], value);
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
    hostPaths.set(mount.volumeName, agreed(`volume ${mount.volumeName}`, hostPaths.get(mount.volumeName), mount.hostPath ?? 'no host path'));
    merged.set(mount.containerPath, { ...mount, readOnly: (mount.readOnly ?? true) && (earlier?.readOnly ?? true) });
  }
  return [...merged.values()];
}

/** Every port once. */
export function mergePorts(features: BoundFeature[]): AgentPort[] {
  const ports = features.flatMap(({ config }) => config.ports ?? []);
  return [...new Map(ports.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }])).values()];
}

/** A task has one process namespace. */
export function mergePidMode(features: BoundFeature[]): ecs.PidMode | undefined {
  const modes = features.flatMap(({ config }) => config.pidMode ?? []);
  return modes.reduce<ecs.PidMode | undefined>((earlier, mode) => agreed('pidMode', earlier, mode), undefined);
}

/** What all features ask for, one after the other. */
export function concatenate<K extends 'mounts' | 'taskRolePolicy' | 'applicationMounts'>(
  features: BoundFeature[],
  part: K,
): NonNullable<AgentFeatureConfig[K]> {
  return features.flatMap(({ config }) => (config[part] ?? []) as any[]) as NonNullable<AgentFeatureConfig[K]>;
}

function agreed<T extends string>(name: string, earlier: T | undefined, value: T): T {
  if (earlier !== undefined && earlier !== value) {
    throw new Error(`'features' must agree on ${name}, got: '${earlier}' and '${value}'`);
  }
  return value;
}
