// SPDX-License-Identifier: Apache-2.0
import { ApiAnswer, ApiObject, ApiRequest, Collection, refuse, tagsOf } from './collection';

/** Service level objectives as the API keeps them: what is made or changed comes back in a list. */
export class Slos implements Collection {
  readonly path = '/api/v1/slo';
  readonly all = new Map<string, ApiObject>();
  readonly live = new Map<string, ApiObject>();

  title(slo: ApiObject): string {
    return [slo.name, slo.groups?.length > 0 && 'in groups', slo.description === null && 'undescribed'].filter(Boolean).join(' ');
  }

  answer({ method, rest: [id], query, body }: ApiRequest): ApiAnswer {
    if (id === undefined) {
      return method === 'POST' ? this.create(body) : data(this.list(query));
    }
    const slo = this.live.get(id);
    if (!slo) {
      return { status: 404, body: { errors: [`SLO not found: ${id}`], data: null } };
    }
    switch (method) {
      case 'PUT':
        return body.type === slo.type ? data([Object.assign(slo, body, { tags: tagsOf(body) })]) : refuse(400, 'Updating the type of an SLO is not allowed');
      case 'DELETE':
        this.live.delete(id);
        return data([id]);
      default:
        return data(slo);
    }
  }

  private create(body: ApiObject): ApiAnswer {
    if (!['metric', 'monitor', 'time_slice'].includes(body.type) || !Array.isArray(body.thresholds) || body.thresholds.length === 0) {
      return refuse(400, 'Invalid payload: \'thresholds\' must not be empty');
    }
    const slo = { ...body, id: (this.all.size + 1).toString(16).padStart(32, '0'), tags: tagsOf(body) };
    this.all.set(slo.id, slo);
    this.live.set(slo.id, slo);
    return data([slo]);
  }

  private list(query: URLSearchParams): ApiObject[] {
    const tag = query.get('tags_query');
    const found = [...this.live.values()].filter((slo) => !tag || slo.tags.includes(tag));
    const offset = Number(query.get('offset') ?? 0);
    return found.slice(offset, offset + Number(query.get('limit') ?? 1000));
  }
}

function data(value: unknown): ApiAnswer {
  return { status: 200, body: { data: value, errors: [], metadata: {} } };
}
