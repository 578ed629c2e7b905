// SPDX-License-Identifier: Apache-2.0
import { Fn, Token } from 'aws-cdk-lib';

/** https://docs.datadoghq.com/containers/guide/container-discovery-management/ */
const FILTER = /^(name|image):\S+$/;

/**
 * A list of filters as the Agent takes it.
 *
 * @throws on a filter that the Agent would read as another, or not at all
 */
export function containerFilter(property: string, filters: string[]): string {
  if (Token.isUnresolved(filters)) {
    return Fn.join(' ', filters);
  }
  for (const filter of filters) {
    if (!Token.isUnresolved(filter) && !FILTER.test(filter)) {
      throw new Error(`'${property}' must hold filters such as 'name:^web$' or 'image:nginx', without blanks, since the Agent splits there, got: '${filter}'`);
    }
  }
  return filters.join(' ');
}
