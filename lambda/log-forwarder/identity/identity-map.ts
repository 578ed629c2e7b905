// SPDX-License-Identifier: Apache-2.0
import { readCodeFile } from '../code-file';

/** What is known at synth time about the writers of a log group; all of it optional. */
export interface KnownIdentity {
  readonly service?: string;
  readonly env?: string;
  readonly source?: string;
  readonly tags?: readonly string[];
  readonly taskFamily?: string;
  readonly cluster?: string;
  /** The cluster is the forwarder's own, whose name is known at deployment only; a name that is known here wins. */
  readonly ownCluster?: boolean;
  readonly ecsService?: string;
}

/** A group's identity, and by container name what differs from it: one group may serve several task definitions. */
export interface GroupIdentity extends KnownIdentity {
  readonly containers?: { readonly [name: string]: KnownIdentity };
}

/** By the name of the subscription filter, which is known at synth time when the log group's name is still a token. */
export type IdentityMap = { readonly [filterName: string]: GroupIdentity };

/**
 * The map that lies beside the handler's code. It is a file because 500 log groups do not fit into the 4 KB that Lambda allows for
 * environment variables. No file is an empty map: the names in the stream still say a lot.
 */
export function readIdentityMap(directory: string): IdentityMap {
  return (readCodeFile(directory, 'identities.json') ?? {}) as IdentityMap;
}

/** The layers that apply to one stream, strongest first: the container's own values, then the group's. */
export function identityLayers(map: IdentityMap, filterNames: readonly string[], container: string | undefined): KnownIdentity[] {
  const filterName = filterNames.find((name) => Object.hasOwn(map, name));
  const group = filterName === undefined ? undefined : map[filterName];
  if (!group) {
    return [];
  }
  const ofContainer = container !== undefined && group.containers && Object.hasOwn(group.containers, container) && group.containers[container];
  return ofContainer ? [ofContainer, group] : [group];
}
