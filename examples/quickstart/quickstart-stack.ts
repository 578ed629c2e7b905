// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AgentFeature, AlertBackend, Autodiscovery, DatadogAccount, DatadogSecret, DatadogSite, MonitoredCluster } from 'cdk-ecs-datadog';
import { Construct } from 'constructs';

/** One cluster with a web application, a queue worker and an EC2 service, watched as a whole. */
export class QuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // The keys are in Secrets Manager already; none ever stands in the template.
    const keys = secretsmanager.Secret.fromSecretNameV2(this, 'DatadogKeys', 'datadog');
    const datadog = new DatadogAccount({
      site: DatadogSite.EU1,
      apiKey: DatadogSecret.fromSecretsManager(keys, 'api-key'),
    });

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    this.addInstances(cluster, vpc);

    // This is all the monitoring there is to write.
    const onCall = new sns.Topic(this, 'OnCall', { enforceSSL: true, masterKey: kms.Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns') });
    const monitored = new MonitoredCluster(this, 'Production', {
      datadog,
      cluster,
      env: 'prod',
      tags: { team: 'shop' },
      features: [AgentFeature.processes()],
      alertBackends: [AlertBackend.cloudWatch({ topics: [onCall] })],
    });

    // Services are placed on the cluster as ever.
    const web = this.addWeb(cluster);
    this.addWorker(cluster);
    this.addBilling(cluster);

    // What cannot be seen from the outside.
    monitored.configure(web, { service: 'shop-web', version: '1.4.2' });
  }

  /** The guide's own application: Flask with a Redis beside it, on Fargate. */
  private addWeb(cluster: ecs.ICluster): ecs.FargateService {
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'WebTask', { cpu: 512, memoryLimitMiB: 1024 });
    taskDefinition.addContainer('flask', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'FlaskImage', 'flask'), '1.4.2'),
      portMappings: [{ containerPort: 5000 }],
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
    });
    const redis = taskDefinition.addContainer('redis', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/redis:7.4.2'),
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
    });
    Autodiscovery.of(redis).addCheck('redisdb', { instances: [{ host: '%%host%%', port: '6379' }] });
    return new ecs.FargateService(this, 'Web', {
      cluster, taskDefinition, desiredCount: 2, minHealthyPercent: 100, circuitBreaker: { rollback: true },
    });
  }

  /** A worker exactly as ecs-patterns makes it. */
  private addWorker(cluster: ecs.ICluster): void {
    new ecsPatterns.QueueProcessingFargateService(this, 'Worker', {
      cluster,
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'WorkerImage', 'worker'), '2.0.1'),
      queue: new sqs.Queue(this, 'Orders', {
        enforceSSL: true,
        visibilityTimeout: Duration.minutes(5),
        deadLetterQueue: { queue: new sqs.Queue(this, 'FailedOrders', { enforceSSL: true }), maxReceiveCount: 3 },
      }),
      minHealthyPercent: 100,
    });
  }

  /** An EC2 service without a log driver of its own: the Agent of its instance tails it. */
  private addBilling(cluster: ecs.ICluster): void {
    const taskDefinition = new ecs.Ec2TaskDefinition(this, 'BillingTask');
    taskDefinition.addContainer('billing', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'BillingImage', 'billing'), '3.2.0'),
      memoryReservationMiB: 256,
    });
    new ecs.Ec2Service(this, 'Billing', { cluster, taskDefinition, minHealthyPercent: 50, circuitBreaker: { rollback: true } });
  }

  private addInstances(cluster: ecs.Cluster, vpc: ec2.IVpc): void {
    const autoScalingGroup = new autoscaling.AutoScalingGroup(this, 'Instances', {
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
        // From a container it is one hop further to the instance's metadata.
        httpPutResponseHopLimit: 2,
        blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(30, { encrypted: true }) }],
      }),
    });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(this, 'CapacityProvider', { autoScalingGroup }));
  }
}
