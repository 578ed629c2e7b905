// SPDX-License-Identifier: Apache-2.0
import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** A network that another team owns; its stack exports what is needed to run in it. */
export function importVpc(scope: Construct): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: Fn.importValue('platform-vpc-id'),
    availabilityZones: [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())],
    privateSubnetIds: [Fn.importValue('platform-private-subnet-1'), Fn.importValue('platform-private-subnet-2')],
    privateSubnetRouteTableIds: [Fn.importValue('platform-private-routes-1'), Fn.importValue('platform-private-routes-2')],
  });
}
