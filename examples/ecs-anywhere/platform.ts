// SPDX-License-Identifier: Apache-2.0
import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** A cluster with machines of your own, registered with ECS Anywhere; the stack of another team exports its name. */
export function importCluster(scope: Construct): ecs.ICluster {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: Fn.importValue('platform-vpc-id'),
    availabilityZones: [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())],
    privateSubnetIds: [Fn.importValue('platform-private-subnet-1'), Fn.importValue('platform-private-subnet-2')],
    privateSubnetRouteTableIds: [Fn.importValue('platform-private-routes-1'), Fn.importValue('platform-private-routes-2')],
  });
  return ecs.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: Fn.importValue('platform-cluster-name'), vpc });
}
