// SPDX-License-Identifier: Apache-2.0
import { Construct, IConstruct } from 'constructs';
import * as library from '../../lib';

const CLASSES = Object.values<object>(library).filter((value): value is typeof Construct =>
  typeof value === 'function' && value.prototype instanceof Construct);

/** Made by the library directly in a stack, one for all constructs that need it. */
const IN_STACK: readonly { readonly id: RegExp; readonly owner: string; readonly path: string }[] = [
  { id: /^DatadogAgentLogs$/, owner: 'FargateAgentSidecar', path: '(stack)/DatadogAgentLogs' },
  { id: /^DatadogResources/, owner: 'DatadogBackend', path: '(stack)/DatadogResources-<site>' },
];

/** Where a construct stands in the library: the public construct that made it, and the path below that. */
export interface LibraryOwner {
  readonly owner: string;
  readonly path: string;
}

/** Which of the library's constructs made this one; undefined for what is the user's. */
export function libraryOwner(construct: IConstruct): LibraryOwner | undefined {
  const { scopes } = construct.node;
  for (let index = scopes.length - 1; index >= 0; index--) {
    const path = scopes.slice(index + 1).map(({ node }) => node.id).join('/');
    const owner = CLASSES.find((Class) => scopes[index] instanceof Class);
    if (owner) {
      return { owner: owner.name, path };
    }
    const shared = IN_STACK.find(({ id }) => id.test(scopes[index].node.id));
    if (shared) {
      return { owner: shared.owner, path: [shared.path, path].filter(Boolean).join('/') };
    }
  }
  return undefined;
}
