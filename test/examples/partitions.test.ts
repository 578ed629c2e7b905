// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { EXAMPLE_NAMES, Variation, synthesize } from './examples';
import { IntegrationStack } from '../../examples/parts/integration-stack';
import { DatadogSite } from 'cdk-ecs-datadog';

const ACCOUNT = '123456789012';

/** In GovCloud the government's site; Datadog has none in China. */
const PARTITIONS: [string, Variation][] = [
  ['none', {}],
  ['aws', { stackProps: { env: { account: ACCOUNT, region: 'eu-west-1' } } }],
  ['aws-us-gov', { stackProps: { env: { account: ACCOUNT, region: 'us-gov-west-1' }, site: DatadogSite.US1_FED } }],
  ['aws-cn', { stackProps: { env: { account: ACCOUNT, region: 'cn-north-1' } } }],
];
const WAYS: [string, Variation['context']][] = [['pseudo parameters', {}], ['partition literals', { '@aws-cdk/core:enablePartitionLiterals': true }]];
const CASES = EXAMPLE_NAMES.flatMap((name) => PARTITIONS.flatMap(([partition, variation]) => WAYS.map(([way, context]) => {
  // A zone list that a VPC of a known region would look up.
  const zones = Object.fromEntries(['eu-west-1', 'us-gov-west-1', 'cn-north-1'].map((region) =>
    [`availability-zones:account=${ACCOUNT}:region=${region}`, [`${region}a`, `${region}b`]]));
  return { name, partition, way, variation: { ...variation, context: { ...zones, ...context } } };
})));

/** ARNs that are written out, by their partition. */
function literalArns(assembly: CloudAssembly): string[] {
  return assembly.stacks.flatMap(({ template }) => JSON.stringify(template).match(/arn:aws[a-z-]*:/g) ?? []);
}

describe.each(CASES)('the example $name in partition $partition with $way', ({ name, partition, way, variation }) => {
  const { app, assembly } = synthesize(name, variation);

  test('writes out no partition but its own', () => {
    const allowed = way === 'partition literals' && partition !== 'none' ? [`arn:${partition}:`] : [];
    expect(literalArns(assembly).filter((arn) => !allowed.includes(arn))).toEqual([]);
  });

  test('warns of nothing and is checked without errors', () => {
    const messages = app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => /warning|error/.test(type)).map(({ data }) => `${node.path}: ${data}`));
    expect(messages).toEqual([]);
  });
});

test('the integration says that Datadog assumes no role in China', () => {
  expect(() => new IntegrationStack(new App(), 'DatadogIntegration', { env: { account: ACCOUNT, region: 'cn-north-1' } }))
    .toThrow("'datadog' must be on a site that can assume roles in partition 'aws-cn'");
});
