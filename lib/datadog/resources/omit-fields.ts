// SPDX-License-Identifier: Apache-2.0
import { ApiJson } from './resource-description';

/** A copy without some fields, and without those that say nothing. */
export function omitFields(json: ApiJson, fields: readonly string[]): ApiJson {
  return Object.fromEntries(Object.entries(json).filter(([field, value]) => !fields.includes(field) && value !== null && value !== undefined));
}
