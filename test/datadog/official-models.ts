// SPDX-License-Identifier: Apache-2.0
import { UnparsedObject } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/util';
import { ObjectSerializer as V1 } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/models/ObjectSerializer';
import { ObjectSerializer as V2 } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/ObjectSerializer';

/**
 * What the official client's model of an API object does not know in some JSON, each with its place: fields (misspelt, or of a newer API), values of
 * enumerations, missing fields and wrong types. Empty where all is as the API takes it.
 *
 * @param model a class of the client, of version 1 or 2 of the API: `Monitor`, `ServiceLevelObjectiveRequest`, `DowntimeCreateRequest`, `Dashboard`
 */
export function unparsedIn(model: string, json: unknown): string[] {
  return walk(deserialize(model, json), json, model);
}

/**
 * Where the API has null, which the client's models do not say: those of Python do, as `none_type`.
 *
 * @see https://github.com/DataDog/datadog-api-client-python/blob/master/src/datadog_api_client/v1/model/monitor.py
 * @see https://github.com/DataDog/datadog-api-client-python/blob/master/src/datadog_api_client/v2/model/downtime_update_request_attributes.py
 */
const NULLABLE = [
  'Monitor.deleted', 'Monitor.priority', 'Monitor.restricted_roles', 'MonitorUpdateRequest.priority', 'MonitorUpdateRequest.restricted_roles',
  'ServiceLevelObjective.description', 'ServiceLevelObjectiveRequest.description',
  'DowntimeScheduleOneTimeCreateUpdateRequest.end', 'DowntimeScheduleOneTimeResponse.end', 'DowntimeScheduleCurrentDowntimeResponse.end',
  'DowntimeUpdateRequestAttributes.display_timezone', 'DowntimeUpdateRequestAttributes.message',
];

/** What could not be read at all. */
class Unreadable {
  constructor(readonly reason: string) {}
}

function deserialize(model: string, json: unknown): unknown {
  for (const serializer of [V1, V2]) {
    try {
      return serializer.deserialize(json, model, '');
    } catch (error) {
      const reason = (error as Error).message;
      if (reason !== `unknown type '${model}'`) {
        return new Unreadable(reason);
      }
    }
  }
  throw new Error(`the client has no model '${model}'`);
}

/** What is wrong with a value that the client read from `json`. It reads much that is of another form without a word, such as a list for an object. */
function walk(value: unknown, json: unknown, path: string): string[] {
  if (value instanceof Unreadable) {
    return [`${path}: ${value.reason}`];
  }
  if (value instanceof UnparsedObject) {
    return [`${path}: ${JSON.stringify(value._data)}`];
  }
  if (value === null || value === undefined) {
    return [`${path}: ${value}`];
  }
  if (value instanceof Date) {
    return typeof json === 'string' && !Number.isNaN(value.getTime()) ? [] : [`${path}: no date: ${JSON.stringify(json)}`];
  }
  if (typeof value !== 'object') {
    return [];
  }
  if (typeof json !== 'object' || Array.isArray(json) !== Array.isArray(value)) {
    return [`${path}: not an object: ${JSON.stringify(json)}`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => walk(item, (json as unknown[])[index], `${path}[${index}]`));
  }
  return walkObject(value as { readonly [name: string]: unknown }, json as { readonly [name: string]: unknown }, path);
}

interface ModelClass {
  readonly name: string;
  getAttributeTypeMap?(): { readonly [attribute: string]: { readonly baseName: string } };
}

function walkObject(value: { readonly [name: string]: unknown }, json: { readonly [name: string]: unknown }, path: string): string[] {
  const model = value.constructor as unknown as ModelClass;
  if (!model.getAttributeTypeMap) {
    return Object.keys(json).flatMap((name) => walk(value[name], json[name], `${path}.${name}`));
  }
  // The entry of this name stands for all further fields.
  const { additionalProperties: _further, ...attributes } = model.getAttributeTypeMap();
  const known = Object.entries(attributes).map(([attribute, { baseName }]) => ({ attribute, baseName }));
  const found = [
    ...Object.keys(json).filter((name) => !known.some(({ baseName }) => baseName === name)).map((name) => `${path}.${name}: unknown field`),
    ...known.filter(({ baseName }) => json[baseName] !== undefined && !(json[baseName] === null && NULLABLE.includes(`${model.name}.${baseName}`)))
      .flatMap(({ attribute, baseName }) => walk(value[attribute], json[baseName], `${path}.${attribute}`)),
  ];
  return value._unparsed && found.length === 0 ? [`${path}: not understood`] : found;
}
