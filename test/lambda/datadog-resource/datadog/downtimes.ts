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
    return attributes.message.split('\n')[0];
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
        const past = this.past(attributes);
        Object.assign(downtime.attributes, past ? {} : attributes);
        return past ?? { status: 200, body: { data: downtime } };
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
    : { ...schedule, start: start?.replace('Z', '.000000+00:00') };
}

function refuseV2(status: number, title: string, detail: string): ApiAnswer {
  return { status, body: { errors: [{ status: String(status), title, detail }] } };
}
