// SPDX-License-Identifier: Apache-2.0
import { ApiAnswer, ApiObject, ApiRequest, Collection } from './collection';

/** However many are asked for. */
const LARGEST_PAGE = 30;

/** Downtimes as the API keeps them: JSON:API, no tags, no past, and what is deleted is cancelled. */
export class Downtimes implements Collection {
  readonly path = '/api/v2/downtime';
  readonly all = new Map<string, ApiObject>();

  get live(): Map<string, ApiObject> {
    return new Map([...this.all].filter(([, { attributes }]) => attributes.status !== 'canceled'));
  }

  title({ attributes }: ApiObject): string {
    const { message, schedule, mute_first_recovery_notification: mutes } = attributes;
    return [message.split('\n')[0], schedule?.end && `until ${schedule.end}`, mutes && 'mutes'].filter(Boolean).join(' ');
  }

  answer({ method, rest: [id], query, body }: ApiRequest): ApiAnswer {
    if (id === undefined) {
      return method === 'POST' ? this.create(body.data?.attributes) : { status: 200, body: { data: this.list(query) } };
    }
    const downtime = this.all.get(id);
    if (!downtime) {
      return refuseV2(404, 'Not Found', `Downtime ${id} not found`);
    }
    switch (method) {
      case 'PATCH': {
        const { attributes, type, id: idInBody } = body.data ?? {};
        if (type !== 'downtime' || idInBody !== id) {
          return refuseV2(400, 'Invalid Parameter', 'data must be a downtime with its id');
        }
        const refusal = this.past(attributes) ?? this.unchangeable(downtime.attributes, attributes);
        if (!refusal) {
          const { schedule, ...others } = attributes;
          Object.assign(downtime.attributes, others, schedule && { schedule: scheduleOf({ ...downtime.attributes.schedule, ...schedule }) });
        }
        return refusal ?? { status: 200, body: { data: downtime } };
      }
      case 'DELETE':
        downtime.attributes.status = 'canceled';
        return { status: 204 };
      default:
        return { status: 200, body: { data: downtime } };
    }
  }

  private create(attributes: ApiObject | undefined): ApiAnswer {
    if (!attributes?.scope || !attributes.monitor_identifier) {
      return refuseV2(400, 'Invalid Parameter', 'scope and monitor_identifier are required');
    }
    const past = this.past(attributes);
    if (past) {
      return past;
    }
    const id = `00000000-0000-4000-8000-${(this.all.size + 1).toString(16).padStart(12, '0')}`;
    const schedule = attributes.schedule && scheduleOf(attributes.schedule);
    const defaults = { message: null, display_timezone: 'UTC', notify_end_types: ['expired'], notify_end_states: ['alert', 'no data', 'warn'] };
    const downtime = { id, type: 'downtime', attributes: { ...defaults, ...attributes, schedule, status: 'active' } };
    this.all.set(id, downtime);
    return { status: 200, body: { data: downtime } };
  }

  private unchangeable(current: ApiObject, changes: ApiObject): ApiAnswer | undefined {
    if (current.status === 'ended') {
      return refuseV2(400, 'Invalid Parameter', 'Downtime has ended');
    }
    if (changes.schedule?.start !== undefined && Date.parse(current.schedule?.start) < Date.now()) {
      return refuseV2(400, 'Invalid Parameter', 'Start times of downtimes in progress cannot be changed');
    }
    const isNull = Object.keys(changes).find((name) => changes[name] === null && name !== 'message' && name !== 'display_timezone');
    return isNull === undefined ? undefined : refuseV2(400, 'Invalid Parameter', `${isNull} must not be null`);
  }

  private past(attributes: ApiObject | undefined): ApiAnswer | undefined {
    return Date.parse(attributes?.schedule?.start) < Date.now()
      ? refuseV2(400, 'Invalid Parameter', 'Scheduled downtime start cannot be in the past')
      : undefined;
  }

  private list(query: URLSearchParams): ApiObject[] {
    const offset = Number(query.get('page[offset]') ?? 0);
    return [...this.all.values()].slice(offset, offset + Math.min(LARGEST_PAGE, Number(query.get('page[limit]') ?? LARGEST_PAGE)));
  }
}

/** Times in Datadog's own way, and of recurrences the next one. */
function scheduleOf({ start, ...schedule }: ApiObject): ApiObject {
  return schedule.recurrences
    ? { ...schedule, current_downtime: { start: '2031-01-01T00:00:00.000000+00:00', end: null } }
    : { end: null, ...schedule, start: (start ?? new Date().toISOString()).replace(/(\.\d+)?Z$/, '.000000+00:00') };
}

function refuseV2(status: number, title: string, detail: string): ApiAnswer {
  return { status, body: { errors: [{ status: String(status), title, detail }] } };
}
