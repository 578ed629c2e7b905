// SPDX-License-Identifier: Apache-2.0
import { Kind, unsaid } from './kind';
import { isJson, Json } from '../json';
import { marksIn } from '../ownership';

const PATH = '/api/v2/downtime';
const PAGE_SIZE = 100;
/** As the page below has them; without a schedule, a downtime never ends. */
const DEFAULTS = {
  message: '',
  display_timezone: 'UTC',
  mute_first_recovery_notification: false,
  notify_end_states: ['alert', 'no data', 'warn'],
  notify_end_types: ['expired'],
  schedule: { end: null },
};

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
    data: { id: current.id, type: 'downtime', attributes: changedAttributes(attributes, attributesOf(current), previous) },
  }),
  mark: (definition, marks) => ({ ...definition, message: [definition.message, marks.join(' ')].filter(Boolean).join('\n\n') }),
  objectIn: ({ data }) => isJson(data) ? data : undefined,
  marksOf: (object) => marksIn([String(attributesOf(object).message)]),
  isGone: (object) => attributesOf(object).status === 'canceled',
  isOver: (current, definition) => hasEnded(current) && isOfThePast(current, definition),
  mustReplace: (current, definition) => hasEnded(current) && !isOfThePast(current, definition),
  listPath: (_mark, _page, offset) => `${PATH}?page%5Boffset%5D=${offset}&page%5Blimit%5D=${PAGE_SIZE}`,
};

function attributesOf({ attributes }: Json): Json {
  return isJson(attributes) ? attributes : {};
}

/** What a `PATCH` has to say: what differs. What was said before and is no longer gets the API's default, since null is refused. */
function changedAttributes(definition: Json, current: Json, previous: Json | undefined): Json {
  const { schedule, ...others } = { ...unsaid(definition, previous, DEFAULTS), ...definition };
  const changed = Object.entries(others).filter(([name, value]) => !contains(current[name], value));
  const change = isJson(schedule) ? changedSchedule(schedule, memberOf(current, 'schedule'), memberOf(previous ?? {}, 'schedule')) : undefined;
  return { ...Object.fromEntries(changed), ...(change && { schedule: change }) };
}

/**
 * A start that is there already is left out: in the past it is refused, though it is not to be changed.
 *
 * @see https://github.com/DataDog/terraform-provider-datadog/issues/2798
 */
function changedSchedule(wanted: Json, current: Json, previous: Json): Json | undefined {
  if ('recurrences' in wanted || 'recurrences' in current) {
    return contains(current, wanted) ? undefined : wanted;
  }
  const end = wanted.end ?? null;
  // No longer said, it means at once; what has begun goes on.
  const start = wanted.start ?? ('start' in previous && isTime(current.start) && Date.parse(current.start) > Date.now() ? null : undefined);
  const startsAnew = start !== undefined && !contains(current.start, start);
  return startsAnew || !contains(current.end ?? null, end) ? { ...(startsAnew && { start }), end } : undefined;
}

function memberOf(object: Json, name: string): Json {
  const member = object[name];
  return isJson(member) ? member : {};
}

/** An ended one can be read for a while, but not be changed. */
function hasEnded(object: Json): boolean {
  return attributesOf(object).status === 'ended';
}

/** Whether a definition is of no other time than a downtime that has ended. */
function isOfThePast(object: Json, definition: Json): boolean {
  const schedule = memberOf(definition, 'schedule');
  return (isTime(schedule.end) && Date.parse(schedule.end) <= Date.now()) || ('recurrences' in schedule && contains(attributesOf(object).schedule, schedule));
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
