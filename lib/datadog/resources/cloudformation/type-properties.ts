// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { ANYTHING, TypeSchema, typeName } from './type-schema';

/** A value as the type takes it; what it does not take is added to `refused`, each with its place. */
export function typeProperties(value: any, schema: TypeSchema, path: string, refused: string[]): any {
  if (schema === ANYTHING || Token.isUnresolved(value) || (typeof schema === 'object' && !Array.isArray(schema) && typeof value !== 'object')) {
    return value;
  }
  if (Array.isArray(schema)) {
    if (!schema.includes(value)) {
      refused.push(`${path}: '${value}'`);
    }
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => typeProperties(item, schema, `${path}[${index}]`, refused));
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== null).flatMap(([field, inner]) => {
    const place = path === '' ? field : `${path}.${field}`;
    const innerSchema = (schema as { readonly [name: string]: TypeSchema })[field];
    if (innerSchema === undefined) {
      refused.push(place);
      return [];
    }
    return [[typeName(field), typeProperties(inner, innerSchema, place, refused)]];
  });
  return Object.fromEntries(entries);
}
