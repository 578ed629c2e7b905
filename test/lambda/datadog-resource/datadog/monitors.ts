// SPDX-License-Identifier: Apache-2.0
import { ApiAnswer, ApiObject, ApiRequest, Collection, refuse, tagsOf } from './collection';

const TYPES = ['metric alert', 'query alert', 'log alert', 'event-v2 alert', 'service check', 'composite', 'slo alert'];

const DEFAULTS = { message: '', priority: null, restricted_roles: null, options: {} };

/** Monitors as the API keeps them: ids are numbers, queries and tags are written anew, a type stays, and so does what a change does not name. */
export class Monitors implements Collection {
  readonly path = '/api/v1/monitor';
  readonly all = new Map<string, ApiObject>();
  readonly live = new Map<string, ApiObject>();

  title(monitor: ApiObject): string {
    return [monitor.name, monitor.priority && `P${monitor.priority}`, monitor.restricted_roles && 'restricted'].filter(Boolean).join(' ');
  }

  answer({ method, rest: [id, action], query, body }: ApiRequest): ApiAnswer {
    if (method === 'POST' && (id === 'validate' || action === 'validate')) {
      return this.invalid(body) ?? { status: 200, body: {} };
    }
    if (id === undefined) {
      return method === 'POST' ? this.create(body) : { status: 200, body: this.list(query) };
    }
    const monitor = this.live.get(id);
    if (!monitor) {
      return refuse(404, 'Monitor not found');
    }
    return method === 'PUT' ? this.update(monitor, body) : method === 'DELETE' ? this.delete(monitor) : { status: 200, body: monitor };
  }

  private create(body: ApiObject): ApiAnswer {
    const invalid = this.invalid(body);
    if (invalid) {
      return invalid;
    }
    const monitor = { id: 1001 + this.all.size, deleted: null, creator: { handle: 'someone' }, ...DEFAULTS, ...this.normalized(body) };
    this.all.set(String(monitor.id), monitor);
    this.live.set(String(monitor.id), monitor);
    return { status: 200, body: monitor };
  }

  private update(monitor: ApiObject, body: ApiObject): ApiAnswer {
    const changed = this.normalized(body);
    if (changed.type !== monitor.type) {
      return refuse(400, 'Monitor type change not allowed');
    }
    return this.invalid(body) ?? { status: 200, body: Object.assign(monitor, changed) };
  }

  private delete({ id }: ApiObject): ApiAnswer {
    const users = [...this.live.values()].filter(({ type, query }) => type === 'composite' && new RegExp(`\\b${id}\\b`).test(query));
    if (users.length > 0) {
      return refuse(400, `monitor [${id}] is referenced in composite monitors: [${users.map((user) => user.id).join(', ')}]`);
    }
    this.live.delete(String(id));
    return { status: 200, body: { deleted_monitor_id: id } };
  }

  private list(query: URLSearchParams): ApiObject[] {
    const tags = query.get('monitor_tags')?.split(',') ?? [];
    const found = [...this.live.values()].filter((monitor) => tags.every((tag) => monitor.tags.includes(tag)));
    const size = Number(query.get('page_size') ?? 100);
    const start = Number(query.get('page')) * size;
    return query.has('page') ? found.slice(start, start + size) : found;
  }

  private invalid({ name, query, type }: ApiObject): ApiAnswer | undefined {
    if (!TYPES.includes(type)) {
      return refuse(400, 'Invalid monitor type');
    }
    if (typeof name !== 'string' || typeof query !== 'string' || (type !== 'composite' && !/[<>]=? *-?\d/.test(query))) {
      return refuse(400, 'The value provided for parameter \'query\' is invalid');
    }
    return undefined;
  }

  private normalized(body: ApiObject): ApiObject {
    const type = body.type === 'metric alert' ? 'query alert' : body.type;
    return { ...body, type, query: body.query.toLowerCase(), tags: tagsOf(body) };
  }
}
