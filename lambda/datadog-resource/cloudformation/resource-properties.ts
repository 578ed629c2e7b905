// SPDX-License-Identifier: Apache-2.0
import { ExplainedError } from '../explained-error';
import { isJson, Json } from '../json';
import { Kind } from '../kinds/kind';
import { KINDS } from '../kinds/kinds';

/** What the template says of an object. */
export interface ResourceProperties {
  readonly kind: Kind;
  /** The body of the API's create request; of a downtime its `attributes`. */
  readonly definition: Json;
  /** An existing object to take over. */
  readonly adoptId?: string;
  readonly keepsOnDelete: boolean;
}

/** @throws on a malformed property, which it names */
export function readProperties(properties: Json): ResourceProperties {
  const definition = readDefinition(properties);
  if (!definition) {
    throw new ExplainedError('\'Definition\' must be a JSON object as text');
  }
  return { kind: readKind(properties), definition, adoptId: readAdoptId(properties), keepsOnDelete: readKeepsOnDelete(properties) };
}

export function readKind({ Kind: name }: Json): Kind {
  const kind = KINDS.find((candidate) => candidate.name === name);
  if (!kind) {
    throw new ExplainedError(`'Kind' must be one of ${KINDS.map((candidate) => candidate.name).join(', ')}, got: ${describe(name)}`);
  }
  return kind;
}

/** `undefined` for what is no JSON object. The parser's own error would quote it. */
export function readDefinition({ Definition: text }: Json): Json | undefined {
  try {
    const definition: unknown = JSON.parse(String(text));
    return isJson(definition) ? definition : undefined;
  } catch {
    return undefined;
  }
}

export function readKeepsOnDelete({ OnDelete: action = 'delete' }: Json): boolean {
  if (action !== 'delete' && action !== 'keep') {
    throw new ExplainedError(`'OnDelete' must be 'delete' or 'keep', got: ${describe(action)}`);
  }
  return action === 'keep';
}

function readAdoptId({ AdoptId: id }: Json): string | undefined {
  if (id !== undefined && (typeof id !== 'string' || id === '')) {
    throw new ExplainedError(`'AdoptId' must be the id of an existing object, got: ${describe(id)}`);
  }
  return id;
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 100)}'` : value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
