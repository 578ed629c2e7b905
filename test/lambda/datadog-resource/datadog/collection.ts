// SPDX-License-Identifier: Apache-2.0

/** JSON as it comes and goes. */
export interface ApiObject {
  [member: string]: any;
}

export interface ApiRequest {
  readonly method: string;
  /** Below the collection's own path: empty, an id, `validate` or an id and `validate`. */
  readonly rest: string[];
  readonly query: URLSearchParams;
  readonly body: ApiObject;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The objects of one kind, as Datadog keeps them. */
export interface Collection {
  readonly path: string;
  /** By id, in order of their making, also those that were deleted since. */
  readonly all: Map<string, ApiObject>;
  readonly live: Map<string, ApiObject>;
  answer(request: ApiRequest): ApiAnswer;
  /** What a person reads of an object. */
  title(object: ApiObject): string;
}

/** An error in the first version of the API. */
export function refuse(status: number, ...errors: string[]): ApiAnswer {
  return { status, body: { errors } };
}

/** Tags as Datadog writes them, https://docs.datadoghq.com/getting_started/tagging/. */
export function tagsOf(body: ApiObject): string[] {
  return [...new Set(((body.tags ?? []) as string[]).map((tag) => tag.toLowerCase().replace(/[^a-z0-9_:./-]/g, '_').slice(0, 200)))];
}
