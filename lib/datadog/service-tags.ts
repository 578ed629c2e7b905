// SPDX-License-Identifier: Apache-2.0
import { checkTagValue, checkUnifiedTag } from '../private/tag-syntax';

/** What unified service tagging says of one container. Internal: the public structs carry these as flat props. */
export interface ServiceTags {
  readonly env?: string;
  readonly service?: string;
  readonly version?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** Throws on the first tag that Datadog would refuse or change; the prefix says where the tags stand. */
export function checkServiceTags(given: ServiceTags, prefix = ''): void {
  checkUnifiedTag(`${prefix}env`, given.env);
  checkUnifiedTag(`${prefix}service`, given.service);
  if (given.version !== undefined) {
    checkTagValue(`${prefix}version`, 'version', given.version);
  }
  for (const [key, value] of Object.entries(given.tags ?? {})) {
    checkUnifiedTag(`${prefix}tags`, key);
    checkTagValue(`${prefix}tags.${key}`, key, value);
  }
}

/** `DD_ENV`, `DD_SERVICE`, `DD_VERSION` and `DD_TAGS`, as tracers and DogStatsD clients read them; what is not given is left out. */
export function tagEnvironment(given: ServiceTags): { [name: string]: string } {
  return withoutUndefined({
    DD_ENV: given.env,
    DD_SERVICE: given.service,
    DD_VERSION: given.version,
    DD_TAGS: renderTags(given.tags),
  });
}

/** The docker labels from which the Agent tags container metrics. */
export function tagDockerLabels(given: ServiceTags): { [name: string]: string } {
  return withoutUndefined({
    'com.datadoghq.tags.env': given.env,
    'com.datadoghq.tags.service': given.service,
    'com.datadoghq.tags.version': given.version,
  });
}

/** Tags as Datadog writes them, in the order given: `team:shop`. */
export function listTags(tags: { readonly [key: string]: string } | undefined): string[] {
  return Object.entries(tags ?? {}).map(([key, value]) => `${key}:${value}`);
}

/** Tags as tracers and the forwarder take them, in the order given: `team:shop,tier:1`; undefined where there are none. */
export function renderTags(tags: { readonly [key: string]: string } | undefined): string | undefined {
  return listTags(tags).join(',') || undefined;
}

function withoutUndefined(values: { readonly [name: string]: string | undefined }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
