// SPDX-License-Identifier: Apache-2.0
import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { forwarderIn, newApp } from './fixture';
import { LogFilter, LogForwarderProps, ScrubbingRule } from '../../lib/logs';

type Finding = { readonly rule: string; readonly path: string };

/** Every finding, as `rule at path`. On this version of aws-cdk-lib the packs are asked directly. */
function findings(scope: IConstruct): Finding[] {
  const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks].map((Pack) => new Pack(scope));
  return packs.flatMap((pack) => pack.validateScope(scope).violations)
    .flatMap(({ ruleName: rule, violatingResources }) => violatingResources.map(({ constructPath }) => ({ rule, path: constructPath ?? '' })));
}

function acknowledgements(scope: IConstruct): Finding[] {
  return scope.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data).map((id) => ({ rule: id.replace(/^annotation::/i, ''), path: node.path }))));
}

function forget(scope: IConstruct): void {
  for (const { node } of scope.node.findAll()) {
    const kept = node.metadata.filter(({ type }) => type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    (node as unknown as { _metadata: unknown[] })._metadata = kept;
  }
}

const variants: Array<[string, (stack: Stack) => Partial<LogForwarderProps>]> = [
  ['defaults', () => ({})],
  ['everything that a property changes', (stack) => ({
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1'),
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
    }),
    tracing: lambda.Tracing.ACTIVE,
    reservedConcurrentExecutions: 5,
    filters: [LogFilter.excludeAtMatch('GET /health')],
    scrubbing: [ScrubbingRule.ipAddresses()],
  })],
];

describe.each(variants)('a forwarder with %s', (_name, props) => {
  function forwarding() {
    const stack = new Stack(newApp(), 'Stack');
    const forwarder = forwarderIn(stack, props(stack));
    forwarder.addStream(kinesis.Stream.fromStreamAttributes(stack, 'Stream', {
      streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs',
      encryptionKey: kms.Key.fromKeyArn(stack, 'StreamKey', 'arn:aws:kms:eu-west-1:123456789012:key/3'),
    }));
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Group', {
      encryptionKey: kms.Key.fromKeyArn(stack, 'GroupKey', 'arn:aws:kms:eu-west-1:123456789012:key/2'), retention: logs.RetentionDays.ONE_WEEK,
    }));
    return stack;
  }

  test('passes AwsSolutions, HIPAA, NIST 800-53 r5, PCI and Serverless', () => {
    expect(findings(forwarding())).toEqual([]);
  });

  test('acknowledges nothing that is no finding', () => {
    const stack = forwarding();
    const acknowledged = acknowledgements(stack);
    forget(stack);
    const found = findings(stack);
    const unused = acknowledged.filter(({ rule, path }) => !found.some((finding) => finding.rule === rule && finding.path.startsWith(path)));
    expect(unused).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  test('acknowledges only on its own constructs', () => {
    const paths = acknowledgements(forwarding()).map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith('Stack/Forwarder/'))).toEqual([]);
  });
});

test('the user\'s own findings are still found beside it', () => {
  const stack = new Stack(newApp(), 'Stack');
  forwarderIn(stack);
  const bucket = new s3.Bucket(stack, 'Mine');
  const own = findings(stack).filter(({ path }) => path === (bucket.node.defaultChild as CfnResource).node.path);
  expect(own.map(({ rule }) => rule)).toContain('AwsSolutions-S1');
});
