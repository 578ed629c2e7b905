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
  return walk(deserialize(model, json), model);
}

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

function walk(value: unknown, path: string): string[] {
  if (value instanceof Unreadable) {
    return [`${path}: ${value.reason}`];
  }
  if (value instanceof UnparsedObject) {
    return [`${path}: ${JSON.stringify(value._data)}`];
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => walk(item, `${path}[${index}]`));
  }
  const { additionalProperties, _unparsed, ...known } = value as { [name: string]: unknown };
  const found = [
    ...Object.keys(additionalProperties ?? {}).map((field) => `${path}.${field}: unknown field`),
    ...Object.entries(known).flatMap(([field, inner]) => walk(inner, `${path}.${field}`)),
  ];
  return _unparsed && found.length === 0 ? [`${path}: not understood`] : found;
}
