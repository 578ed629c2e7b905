// SPDX-License-Identifier: Apache-2.0
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DatadogAccount, FargateAgentSidecar } from 'cdk-ecs-datadog';

export interface ShopServiceProps {
  readonly cluster: ecs.ICluster;
  readonly datadog: DatadogAccount;
  /** The service as Datadog has it, and the repository of its image. */
  readonly name: string;
  readonly version: string;
}

/** A Fargate service with the Agent beside it. Nothing in here knows of alerts. */
export class ShopService extends Construct {
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, { cluster, datadog, name, version }: ShopServiceProps) {
    super(scope, id);
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024, family: name });
    this.taskDefinition.addContainer('app', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', name), version),
      logging: ecs.LogDrivers.awsLogs({
        logGroup: new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH }),
        streamPrefix: 'app',
      }),
    });
    new FargateAgentSidecar(this, 'Agent', { taskDefinition: this.taskDefinition, datadog, env: 'prod', service: name, version });
    this.service = new ecs.FargateService(this, 'Service', {
      cluster, taskDefinition: this.taskDefinition, desiredCount: 2, minHealthyPercent: 100, circuitBreaker: { rollback: true },
    });
  }
}
