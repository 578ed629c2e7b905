// SPDX-License-Identifier: Apache-2.0

/**
 * Whether EventBridge would match an event, for the parts of its pattern language that the rules use; anything else in a pattern is an error, so that no
 * pattern passes because it was not understood.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matches(pattern: any, event: any): boolean {
  return Object.entries<any>(pattern).every(([field, expected]) => {
    if (field === '$or') {
      return expected.some((alternative: any) => matches(alternative, event));
    }
    const actual = event?.[field];
    if (Array.isArray(expected)) {
      return matchesAny(expected, actual);
    }
    // A list of objects, such as `containers`, matches if one of them does.
    return Array.isArray(actual) ? actual.some((one) => matches(expected, one)) : matches(expected, actual ?? {});
  });
}

/** A field that is a list matches if one of its elements does. */
function matchesAny(expected: any[], actual: any): boolean {
  const values = Array.isArray(actual) ? actual : [actual];
  return expected.some((matcher) => values.some((value) => matchesOne(matcher, value)) || (matcher?.exists === false && actual === undefined));
}

function matchesOne(matcher: any, value: any): boolean {
  if (matcher === null || typeof matcher !== 'object') {
    return matcher === value;
  }
  const [[operator, operand], ...more] = Object.entries<any>(matcher);
  if (more.length > 0) {
    throw new Error(`a matcher must have one operator, got: ${JSON.stringify(matcher)}`);
  }
  switch (operator) {
    case 'prefix': return typeof value === 'string' && value.startsWith(operand);
    case 'suffix': return typeof value === 'string' && value.endsWith(operand);
    case 'exists': return operand ? value !== undefined : value === undefined;
    case 'wildcard': return typeof value === 'string' && asExpression(operand).test(value);
    case 'anything-but': return value !== undefined && !anythingBut(operand, value);
    case 'numeric': return typeof value === 'number' && numeric(operand, value);
    default: throw new Error(`an operator must be one that this matcher knows, got: ${operator}`);
  }
}

function anythingBut(operand: any, value: any): boolean {
  const values = Array.isArray(operand) ? operand : [operand];
  return values.some((one) => matchesOne(one, value));
}

function asExpression(wildcard: string): RegExp {
  return new RegExp(`^${wildcard.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
}

function numeric([operator, bound, ...rest]: any[], value: number): boolean {
  const holds = { '<': value < bound, '<=': value <= bound, '=': value === bound, '>': value > bound, '>=': value >= bound }[operator as string];
  if (holds === undefined) {
    throw new Error(`a numeric operator must be one that this matcher knows, got: ${operator}`);
  }
  return holds && (rest.length === 0 || numeric(rest, value));
}
