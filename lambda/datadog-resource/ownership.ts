// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/** How marks look in whatever text they stand in. Datadog writes tags in lower case, so that is all they have. */
const MARKS = /cloudformation_(?:resource|request|replaces):[a-z0-9_./-]+/g;

/** What identifies a request of CloudFormation. */
interface RequestIdentity {
  readonly stackId: string;
  readonly logicalResourceId: string;
  readonly requestId: string;
}

/**
 * The marks on what this handler makes. Each finds it again without its id:
 *
 * - `cloudformation_request:<hash of stack, resource and request>`: made by exactly this request. An answer of Datadog that was lost, and a function
 *   that was ended and called again, find their own object, and no other, not even the one that it replaces.
 * - `cloudformation_resource:<stack>/<logical id>/<hash of both>`: belongs to this resource of this stack, and may be deleted with it. An object that is
 *   kept on delete does not have it: nobody would know whether a later resource of the same name may take it along.
 * - `cloudformation_replaces:<id>`: made instead of that one, which a rollback returns to.
 */
export class Ownership {
  readonly resourceMark: string;
  readonly requestMark: string;
  /** What tells the request apart, short enough for a physical id. */
  readonly requestHash: string;

  constructor({ stackId, logicalResourceId, requestId }: RequestIdentity) {
    const stackName = stackId.split('/')[1] ?? '';
    // Cut and in lower case, as tags are, names are no longer unique; the hash is.
    const name = [stackName.slice(0, 60), logicalResourceId.slice(0, 80), hash(stackId, logicalResourceId)].join('/');
    this.resourceMark = `cloudformation_resource:${name.toLowerCase().replace(/[^a-z0-9_./-]/g, '_')}`;
    this.requestHash = hash(stackId, logicalResourceId, requestId);
    this.requestMark = requestMark(this.requestHash);
  }

  /** The marks of an object that this request makes. */
  marks(keepsOnDelete: boolean, replaces?: string): string[] {
    return [
      ...(keepsOnDelete ? [] : [this.resourceMark]),
      this.requestMark,
      ...(replaces === undefined ? [] : [`cloudformation_replaces:${replaces.toLowerCase()}`]),
    ];
  }

  /** Whether an object that one of ours replaces is ours as well: one that is kept on delete says only that some resource made it. */
  mayBeOurs(marks: readonly string[]): boolean {
    const owner = marks.find((mark) => mark.startsWith('cloudformation_resource:'));
    return owner === undefined ? marks.some((mark) => mark.startsWith(requestMark(''))) : owner === this.resourceMark;
  }

  /** The marks of an object that exists already: who made it stays, whether it may be deleted is said anew. */
  marksAfter(existing: readonly string[], keepsOnDelete: boolean): string[] {
    const kept = existing.filter((mark) => !mark.startsWith('cloudformation_resource:'));
    return [...(keepsOnDelete ? [] : [this.resourceMark]), ...(kept.length > 0 ? kept : [this.requestMark])];
  }
}

export function requestMark(requestHash: string): string {
  return `cloudformation_request:${requestHash}`;
}

/** The marks in a text, or in tags. */
export function marksIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.toLowerCase().match(MARKS) ?? []);
}

/** The id that an object was made instead of. */
export function replacedId(marks: readonly string[]): string | undefined {
  return marks.find((mark) => mark.startsWith('cloudformation_replaces:'))?.split(':')[1];
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
