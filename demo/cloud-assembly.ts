// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A resource as the template has it; intrinsic functions are still in place. */
export interface Resource {
  readonly Type: string;
  readonly Properties: any;
}

/** What `cdk synth` wrote for one stack. */
export interface CloudAssembly {
  readonly directory: string;
  readonly resources: { readonly [logicalId: string]: Resource };
  /** Source directory of each file asset, by the key that templates use. */
  readonly assets: { readonly [objectKey: string]: string };
}

/** Reads the only stack of a cloud assembly. */
export function readCloudAssembly(directory: string): CloudAssembly {
  const files = readdirSync(directory);
  const template = files.find((file) => file.endsWith('.template.json'));
  const manifest = files.find((file) => file.endsWith('.assets.json'));
  if (!template || !manifest) {
    throw new Error(`no stack in ${directory}`);
  }
  const { files: assets } = readJson(join(directory, manifest));
  return {
    directory,
    resources: readJson(join(directory, template)).Resources,
    assets: Object.fromEntries(Object.values<any>(assets).flatMap(({ source, destinations }) =>
      Object.values<any>(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path)]))),
  };
}

/** The logical id that an attribute or a reference points at. */
export function referenceOf(value: any): string | undefined {
  return value?.Ref ?? value?.['Fn::GetAtt']?.[0];
}

/** A value as CloudFormation would resolve it, with made-up names for what exists at deployment only. */
export function resolveValue(value: any): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map(resolveValue).join(separator);
  }
  if (value['Fn::Sub']) {
    return String(value['Fn::Sub']).replace(/\$\{([^}]+)\}/g, (_match, name) => resolveValue({ Ref: name }));
  }
  const reference = referenceOf(value);
  if (reference === undefined) {
    throw new Error(`cannot resolve ${JSON.stringify(value)}`);
  }
  return PSEUDO_PARAMETERS[reference] ?? reference;
}

const PSEUDO_PARAMETERS: { readonly [name: string]: string } = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::StackName': 'Quickstart',
  'AWS::URLSuffix': 'amazonaws.com',
};

function readJson(file: string): any {
  return JSON.parse(readFileSync(file, 'utf8'));
}
