// SPDX-License-Identifier: Apache-2.0
import { LostAnswer, Refusal } from '../datadog/api-error';
import { DatadogApi } from '../datadog/datadog-api';
import { ExplainedError } from '../explained-error';
import { Json, objectsIn } from '../json';
import { idOf, Kind } from '../kinds/kind';

/** The objects of one kind. All but making one may be done any number of times. */
export class DatadogObjects {
  constructor(private readonly api: DatadogApi, readonly kind: Kind) {}

  /** `undefined` for one that is not there, or no more. */
  async read(id: string): Promise<Json | undefined> {
    const answer = await ifThere(this.call('GET', this.at(id)));
    const object = answer && this.objectIn(answer);
    return object && !this.kind.isGone(object) ? object : undefined;
  }

  /** Those with a mark, in the API's order. */
  async marked(mark: string): Promise<Json[]> {
    const found = new Map<string, Json>();
    for (let page = 0, offset = 0; ; page++) {
      const { data } = await this.call('GET', this.kind.listPath(mark, page, offset));
      const objects = objectsIn(data);
      const news = objects.filter((object) => !found.has(idOf(object)));
      news.forEach((object) => found.set(idOf(object), object));
      offset += objects.length;
      // A page that is not full need not be the last one: the API may have a smaller size of its own.
      if (news.length === 0) {
        return [...found.values()].filter((object) => this.kind.marksOf(object).includes(mark) && !this.kind.isGone(object));
      }
    }
  }

  /** Rejects with Datadog's text when it would not take the definition. Nothing is changed. */
  async validate(definition: Json, id?: string): Promise<void> {
    const path = this.kind.validationPath?.(id);
    if (path !== undefined) {
      await this.call('POST', path, this.kind.createBody(definition));
    }
  }

  /** The one thing that must not be done twice. Rejects with a `LostAnswer` when it is not known whether it was done. */
  async create(definition: Json): Promise<Json> {
    const answer = await this.api.callOnce('POST', this.kind.path, this.kind.createBody(definition)).catch((error) => this.advise(error));
    const object = this.kind.objectIn(answer);
    if (!object) {
      throw new LostAnswer(`POST ${this.kind.path}`, 'it has no id');
    }
    return object;
  }

  /** `undefined` when the object is gone. */
  async update(current: Json, definition: Json, previous: Json | undefined): Promise<Json | undefined> {
    const body = this.kind.updateBody(definition, current, previous);
    const answer = await ifThere(this.call(this.kind.updateMethod, this.at(idOf(current)), body));
    return answer && this.objectIn(answer);
  }

  async delete(id: string): Promise<void> {
    await ifThere(this.call('DELETE', this.at(id)));
  }

  private async call(method: string, path: string, body?: Json): Promise<Json> {
    return this.api.call(method, path, body).catch((error) => this.advise(error));
  }

  private advise(error: unknown): never {
    throw error instanceof Refusal && error.status === 403 ? error.with(`The application key needs the permissions: ${this.kind.permissions}`) : error;
  }

  private objectIn(answer: Json): Json {
    const object = this.kind.objectIn(answer);
    if (!object) {
      throw new ExplainedError(`Datadog's answer about the ${this.kind.name} has no id`);
    }
    return object;
  }

  private at(id: string): string {
    return `${this.kind.path}/${encodeURIComponent(id)}`;
  }
}

async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) {
      return undefined;
    }
    throw error;
  });
}
