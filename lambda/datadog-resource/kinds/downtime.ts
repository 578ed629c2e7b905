// SPDX-License-Identifier: Apache-2.0
import { Kind } from './kind';
import { isJson, Json } from '../json';
import { marksIn } from '../ownership';

const PATH = '/api/v2/downtime';
const PAGE_SIZE = 100;

/**
 * Downtimes, in the second version of the API. They have no tags, so the marks are the last line of the message. Deleting one cancels it, and a cancelled one
 * can be read for some days more.
 *
 * @see https://docs.datadoghq.com/api/latest/downtimes/
 */
export const DOWNTIME: Kind = {
  name: 'downtime',
  path: PATH,
  updateMethod: 'PATCH',
  permissions: 'monitors_downtime',
  idForm: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  createBody: (attributes) => ({ data: { type: 'downtime', attributes } }),
  updateBody: (attributes, current, previous) => ({
    data: { id: current.id, type: 'downtime', attributes: changedAttributes(attributes, attributesOf(current), previous ?? {}) },
  }),
  mark: (definition, marks) => ({ ...definition, message: [definition.message, marks.join(' ')].filter(Boolean).join('\n\n') }),
  objectIn: ({ data }) => isJson(data) ? data : undefined,
  marksOf: (object) => marksIn([String(attributesOf(object).message)]),
  isGone: (object) => attributesOf(object).status === 'canceled',
  mustReplace: () => false,
  listPath: (_mark, _page, offset) => `${PATH}?page%5Boffset%5D=${offset}&page%5Blimit%5D=${PAGE_SIZE}`,
};

function attributesOf({ attributes }: Json): Json {
  return isJson(attributes) ? attributes : {};
}

/**
 * What a `PATCH` has to say. An attribute that is there already is left out: a start that lies in the past by now is refused, though it is not to be changed.
 * One that is no longer said is unset.
 */
function changedAttributes(wanted: Json, current: Json, previous: Json): Json {
  const unset = Object.keys(previous).filter((name) => !(name in wanted)).map((name) => [name, null]);
  return Object.fromEntries([...unset, ...Object.entries(wanted).filter(([name, value]) => !contains(current[name], value))]);
}

/** Whether everything that is wanted is there. The API adds members, such as the next time of a recurrence, and writes times in its own way. */
function contains(there: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(there) && there.length === wanted.length && wanted.every((item, index) => contains(there[index], item));
  }
  if (isJson(wanted)) {
    return isJson(there) && Object.entries(wanted).every(([name, value]) => contains(there[name], value));
  }
  return there === wanted || (isTime(there) && isTime(wanted) && Date.parse(there) === Date.parse(wanted));
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}
