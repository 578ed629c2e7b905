// SPDX-License-Identifier: Apache-2.0
import { defaultSource } from './default-source';
import { FunctionIdentity } from './function-identity';
import { identityLayers, IdentityMap, KnownIdentity } from './identity-map';
import { parseTagList, parseTags, tagValue, TagLayer, UNIFIED_KEYS, UnifiedValues } from './tags';
import { EcsLogStream, parseEcsLogStream } from '../event/log-stream';
import { LogsOfOneStream } from '../event/subscription-event';

/** What all logs of one stream have in common, before a message has had its say. */
export interface StreamIdentity {
  /** Strongest first. */
  readonly layers: readonly TagLayer[];
  readonly tags: readonly string[];
  readonly fallbackSource: string;
  /** `undefined`: the source's name, as in Datadog's own forwarder. */
  readonly fallbackService?: string;
  readonly taskFamily?: string;
}

/** What ends up in the log entry. */
export interface LogIdentity {
  readonly service: string;
  readonly source: string;
  readonly ddtags: string;
}

/** The forwarder's own contribution. */
export interface GlobalIdentity {
  readonly tags: string;
  readonly source?: string;
  /** The cluster of the tasks that are marked as the forwarder's own. */
  readonly clusterName?: string;
  readonly version: string;
}

/** Container beats log group beats stream prefix beats the forwarder's own tags. */
export function identifyStream(logs: LogsOfOneStream, map: IdentityMap, global: GlobalIdentity, self: FunctionIdentity): StreamIdentity {
  const stream = parseEcsLogStream(logs.logStream);
  const known = identityLayers(map, logs.subscriptionFilters ?? [], stream?.container);
  const first = (value: (layer: KnownIdentity) => string | undefined) => known.map(value).find(Boolean);
  const globalTags = parseTagList(global.tags);
  const ecs = {
    taskFamily: first(({ taskFamily }) => taskFamily),
    cluster: first(({ cluster, ownCluster }) => cluster || (ownCluster ? global.clusterName : undefined)),
    ecsService: first(({ ecsService }) => ecsService),
  };
  const isEcs = stream !== undefined || Object.values(ecs).some(Boolean);
  return {
    layers: [
      ...known.map(knownLayer),
      { unified: stream?.settings ?? {}, others: [] },
      { unified: { ...globalTags.unified, source: global.source ?? globalTags.unified.source }, others: globalTags.others },
    ],
    tags: [
      ...globalTags.others,
      `forwardername:${self.name.toLowerCase()}`,
      `forwarder_version:${global.version}`,
      // Field by field the container's value replaces the group's; that its list is empty may be meant.
      ...parseTags(known.find((layer) => layer.tags)?.tags ?? []).others,
      ...(isEcs ? ecsTags(ecs, stream, logs.owner, self) : []),
    ],
    fallbackSource: isEcs ? 'ecs' : defaultSource(logs.logGroup, logs.logStream),
    fallbackService: isEcs ? stream?.prefixText ?? 'cloudwatch' : undefined,
    taskFamily: ecs.taskFamily,
  };
}

/** Merges what a message said about itself, which beats everything else. */
export function identifyLog(stream: StreamIdentity, message?: TagLayer): LogIdentity {
  const layers = message ? [message, ...stream.layers] : stream.layers;
  const values: UnifiedValues = {};
  for (const key of UNIFIED_KEYS) {
    const value = layers.find((layer) => layer.unified[key])?.unified[key];
    values[key] = value === undefined ? undefined : tagValue(value);
  }
  const source = values.source ?? stream.fallbackSource;
  // A fallback is a guess: it names the service of the log, but does not become a tag.
  const service = values.service ?? tagValue(stream.fallbackService ?? source);
  const unifiedTags = (['env', 'service', 'version'] as const).filter((key) => values[key]).map((key) => `${key}:${values[key]}`);
  const tags = new Set([...unifiedTags, ...stream.tags, ...(message?.others ?? [])]);
  return { service, source, ddtags: [...tags].join(',') };
}

/** The version is not among the fields: during a rollout old tasks write to the same group, so what synth knows may be wrong. */
function knownLayer(known: KnownIdentity): TagLayer {
  const { unified, others } = parseTags(known.tags ?? []);
  return {
    unified: {
      service: known.service || unified.service,
      env: known.env || unified.env,
      source: known.source || unified.source,
    },
    others,
  };
}

/** The Agent's names for these, so that logs, metrics and traces meet in one query. */
function ecsTags(
  ecs: { taskFamily?: string; cluster?: string; ecsService?: string },
  stream: EcsLogStream | undefined,
  account: string,
  self: FunctionIdentity,
): string[] {
  const taskArn = stream && ecs.cluster && `arn:${self.partition}:ecs:${self.region}:${account}:task/${ecs.cluster}/${stream.taskId}`;
  const tags = {
    container_name: stream?.container,
    ecs_container_name: stream?.container,
    task_id: stream?.taskId,
    task_arn: taskArn,
    ecs_cluster_name: ecs.cluster,
    ecs_service: ecs.ecsService,
    task_family: ecs.taskFamily,
    region: self.region,
    aws_account: account,
  };
  return Object.entries(tags).flatMap(([key, value]) => value ? [`${key}:${tagValue(value)}`] : []);
}
