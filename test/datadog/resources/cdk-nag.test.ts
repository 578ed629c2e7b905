// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { accountIn, newStack } from './fixture';
import { DatadogBackend, DatadogCustomResourceOptions, DatadogMonitor, DatadogMonitorType } from '../../../lib/datadog';
import { acknowledgementsIn, findingsIn, unusedAcknowledgementsIn } from '../../examples/findings';

const variants: Array<[string, (stack: Stack) => DatadogCustomResourceOptions]> = [
  ['defaults', () => ({})],
  ['everything that an option changes', (stack) => ({
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1'),
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
    }),
  })],
];

describe.each(variants)('the function with %s', (_name, options) => {
  function stackWithMonitor(): Stack {
    const stack = newStack();
    new DatadogMonitor(stack, 'Cpu', {
      datadog: accountIn(stack),
      backend: DatadogBackend.customResource(options(stack)),
      name: 'CPU',
      type: DatadogMonitorType.METRIC,
      query: 'avg(last_5m):avg:system.cpu.user{*} > 90',
    });
    return stack;
  }

  test('passes AwsSolutions, HIPAA, NIST 800-53 r5, PCI and Serverless', () => {
    expect(findingsIn(stackWithMonitor())).toEqual([]);
  });

  test('acknowledges nothing that is no finding, and only on its own constructs', () => {
    const stack = stackWithMonitor();
    const paths = acknowledgementsIn(stack).map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith('Stack/DatadogResources-datadoghq.com/'))).toEqual([]);
    expect(unusedAcknowledgementsIn(stack)).toEqual([]);
    expect(paths.length).toBeGreaterThan(0);
  });
});
