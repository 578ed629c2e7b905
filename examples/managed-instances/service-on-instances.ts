// SPDX-License-Identifier: Apache-2.0
import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ServiceOnInstancesProps {
  readonly cluster: ecs.Cluster;
  readonly image: string;
}

/** A service on instances of its own, which ECS manages. Nothing in here knows of Datadog. */
export class ServiceOnInstances extends Construct {
  public readonly capacityProvider: ecs.ManagedInstancesCapacityProvider;
  public readonly taskDefinition: ecs.TaskDefinition;

  constructor(scope: Construct, id: string, { cluster, image }: ServiceOnInstancesProps) {
    super(scope, id);
    this.capacityProvider = new ecs.ManagedInstancesCapacityProvider(this, 'Capacity', {
      subnets: cluster.vpc.privateSubnets,
      securityGroups: [new ec2.SecurityGroup(this, 'SecurityGroup', { vpc: cluster.vpc })],
      // An account has these two roles already, by the names that AWS's guide gives them.
      infrastructureRole: iam.Role.fromRoleName(this, 'InfrastructureRole', 'ecsInfrastructureRole'),
      ec2InstanceProfile: iam.InstanceProfile.fromInstanceProfileName(this, 'InstanceProfile', 'ecsInstanceRole'),
      instanceRequirements: { vCpuCountMin: 2, memoryMin: Size.gibibytes(4) },
    });
    cluster.addManagedInstancesCapacityProvider(this.capacityProvider);
    this.taskDefinition = new ecs.TaskDefinition(this, 'Task', {
      compatibility: ecs.Compatibility.MANAGED_INSTANCES, family: id.toLowerCase(), cpu: '512', memoryMiB: '1024',
    });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    this.taskDefinition.addContainer('app', {
      image: ecs.ContainerImage.fromRegistry(image),
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'app' }),
    });
    // What runs on Managed Instances is a FargateService to CDK.
    new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: this.taskDefinition,
      minHealthyPercent: 50,
      circuitBreaker: { rollback: true },
      capacityProviderStrategies: [{ capacityProvider: this.capacityProvider.capacityProviderName, weight: 1 }],
    });
  }
}
