// SPDX-License-Identifier: Apache-2.0
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** A network and a cluster with a few instances, as a company has them. Nothing in here knows of Datadog. */
export class Platform extends Construct {
  public readonly cluster: ecs.Cluster;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(new logs.LogGroup(this, 'FlowLogs', { retention: logs.RetentionDays.ONE_MONTH })),
    });
    this.cluster = new ecs.Cluster(this, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    this.cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(this, 'CapacityProvider', { autoScalingGroup: this.instances(vpc) }));
  }

  private instances(vpc: ec2.IVpc): autoscaling.AutoScalingGroup {
    return new autoscaling.AutoScalingGroup(this, 'Instances', {
      vpc,
      minCapacity: 2,
      maxCapacity: 4,
      launchTemplate: new ec2.LaunchTemplate(this, 'InstanceTemplate', {
        instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
        machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
        role: new iam.Role(this, 'InstanceRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
        userData: ec2.UserData.forLinux(),
        securityGroup: new ec2.SecurityGroup(this, 'InstanceSecurityGroup', { vpc }),
        requireImdsv2: true,
        // From a container it is one hop further to the instance's metadata, which the Agent's host tags come from.
        httpPutResponseHopLimit: 2,
        blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(30, { encrypted: true }) }],
      }),
    });
  }
}
