// SPDX-License-Identifier: Apache-2.0

export type Environment = { readonly [name: string]: string | undefined };

/** A variable of a function's environment; an empty one is one that is not set. */
export function readVariable(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}
