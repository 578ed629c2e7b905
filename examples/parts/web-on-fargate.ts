// SPDX-License-Identifier: Apache-2.0
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Autodiscovery, DatadogAccount, FargateAgentSidecar } from 'cdk-ecs-datadog';

export interface WebOnFargateProps {
  readonly cluster: ecs.ICluster;
  readonly datadog: DatadogAccount;
}

/** A web application with an Agent beside it, which also checks the nginx in front. */
export class WebOnFargate extends Construct {
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, { cluster, datadog }: WebOnFargateProps) {
    super(scope, id);
    const logging = ecs.LogDrivers.awsLogs({
      logGroup: new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH }),
      streamPrefix: 'web',
    });
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024, family: 'web' });
    const nginx = this.taskDefinition.addContainer('nginx', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29.3'),
      portMappings: [{ containerPort: 80 }],
      logging,
    });
    Autodiscovery.of(nginx).addCheck('nginx', { instances: [{ nginx_status_url: 'http://%%host%%/nginx_status' }] });

    new FargateAgentSidecar(this, 'Agent', {
      taskDefinition: this.taskDefinition,
      datadog,
      env: 'prod',
      service: 'web',
      version: '1.4.2',
      tags: { team: 'shop' },
    });

    // Containers that are added later are instrumented all the same.
    this.taskDefinition.addContainer('shop', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'shop'), '1.4.2'),
      logging,
    });
    this.service = new ecs.FargateService(this, 'Service', {
      cluster, taskDefinition: this.taskDefinition, desiredCount: 2, minHealthyPercent: 100, circuitBreaker: { rollback: true },
    });
  }
}
