// SPDX-License-Identifier: Apache-2.0
import { IResolvable, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * What tells two functions of a stack apart, as text: equal for equal values, in every run. A token stands as the path of the construct that it
 * refers to, since its own text depends on how many tokens there were before.
 */
export function identityOf(stack: Stack, values: object): string {
  return JSON.stringify(values, (_key, value: unknown) => {
    if (typeof value === 'string') {
      return Tokenization.reverseString(value).mapTokens({ mapToken: (token) => `<${describe(stack, token)}>` }).join(CONCATENATION);
    }
    return Construct.isConstruct(value) ? value.node.path : value;
  });
}

function describe(stack: Stack, token: IResolvable): string {
  return Reference.isReference(token) ? `${token.target.node.path} ${token.displayName}` : JSON.stringify(stack.resolve(token));
}

const CONCATENATION = { join: (left: string | undefined, right: string | undefined) => `${left ?? ''}${right ?? ''}` };
