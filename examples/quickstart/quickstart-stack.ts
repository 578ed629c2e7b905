// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Platform } from './platform';
import { AgentFeature, AlertBackend, Autodiscovery, DatadogAccount, DatadogSecret, DatadogSite, MonitoredCluster } from 'cdk-ecs-datadog';

/** One cluster with a web application, a queue worker and an EC2 service, watched as a whole. */
export class QuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const { cluster } = new Platform(this, 'Platform');

    // The keys are in Secrets Manager already; none ever stands in the template.
    const keys = secretsmanager.Secret.fromSecretNameV2(this, 'DatadogKeys', 'datadog');
    const datadog = new DatadogAccount({
      site: DatadogSite.EU1,
      apiKey: DatadogSecret.fromSecretsManager(keys, 'api-key'),
    });

    const onCall = new sns.Topic(this, 'OnCall', { enforceSSL: true, masterKey: new kms.Key(this, 'OnCallKey', { enableKeyRotation: true }) });

    // This is all the monitoring there is to write.
    const monitored = new MonitoredCluster(this, 'Production', {
      datadog,
      cluster,
      env: 'prod',
      tags: { team: 'shop' },
      features: [AgentFeature.processes()],
      alertBackends: [AlertBackend.cloudWatch({ topics: [onCall] })],
    });

    // Services are placed on the cluster as usual.
    const web = this.addWeb(cluster);
    this.addWorker(cluster);
    this.addBilling(cluster);

    // What cannot be seen from the outside.
    monitored.configure(web, { service: 'shop-web', version: '1.4.2' });
  }

  /** The guide's own application: Flask with a Redis beside it, on Fargate. */
  private addWeb(cluster: ecs.ICluster): ecs.FargateService {
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'WebTask', { cpu: 512, memoryLimitMiB: 1024 });
    const logging = ecs.LogDrivers.awsLogs({
      logGroup: new logs.LogGroup(this, 'WebLogs', { retention: logs.RetentionDays.ONE_MONTH }),
      streamPrefix: 'web',
    });
    taskDefinition.addContainer('flask', { image: this.image('flask', '1.4.2'), portMappings: [{ containerPort: 5000 }], logging });
    const redis = taskDefinition.addContainer('redis', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/redis:7.4.2'),
      logging,
    });
    Autodiscovery.of(redis).addCheck('redisdb', { instances: [{ host: '%%host%%', port: '6379' }] });
    return new ecs.FargateService(this, 'Web', {
      cluster, taskDefinition, desiredCount: 2, minHealthyPercent: 100, circuitBreaker: { rollback: true },
    });
  }

  /** A worker as ecs-patterns makes it. Nothing is said to Datadog, so it goes by its family. */
  private addWorker(cluster: ecs.ICluster): void {
    new ecsPatterns.QueueProcessingFargateService(this, 'Worker', {
      cluster,
      family: 'shop-worker',
      image: this.image('worker', '2.0.1'),
      queue: new sqs.Queue(this, 'Orders', {
        enforceSSL: true,
        visibilityTimeout: Duration.minutes(5),
        deadLetterQueue: { queue: new sqs.Queue(this, 'FailedOrders', { enforceSSL: true }), maxReceiveCount: 3 },
      }),
      logDriver: ecs.LogDrivers.awsLogs({ streamPrefix: 'worker', logRetention: logs.RetentionDays.ONE_MONTH }),
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
  }

  /** An EC2 service without a log driver of its own: the Agent of its instance tails it. */
  private addBilling(cluster: ecs.ICluster): void {
    const taskDefinition = new ecs.Ec2TaskDefinition(this, 'BillingTask', { family: 'billing' });
    taskDefinition.addContainer('billing', {
      image: this.image('billing', '3.2.0'),
      memoryReservationMiB: 256,
      // The Agent tails the file; the limits keep it from filling the instance's disk.
      logging: ecs.LogDrivers.jsonFile({ maxSize: '10m', maxFile: 3 }),
    });
    new ecs.Ec2Service(this, 'Billing', { cluster, taskDefinition, minHealthyPercent: 50, circuitBreaker: { rollback: true } });
  }

  private image(repository: string, tag: string): ecs.ContainerImage {
    return ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, `Repository-${repository}`, repository), tag);
  }
}
