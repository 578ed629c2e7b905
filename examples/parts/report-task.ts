// SPDX-License-Identifier: Apache-2.0
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DatadogAccount, DatadogSidecarExtension } from 'cdk-ecs-datadog';

/** A task that a scheduler, a state machine or `RunTask` starts: it has no service. The Agent comes as a task definition extension. */
export class ReportTask extends Construct {
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  constructor(scope: Construct, id: string, datadog: DatadogAccount) {
    super(scope, id);
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024, family: 'nightly-report' });
    this.taskDefinition.addContainer('report', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'report'), '2.0.0'),
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'report', logRetention: logs.RetentionDays.ONE_MONTH }),
    });
    this.taskDefinition.addExtension(new DatadogSidecarExtension({ datadog, env: 'prod', version: '2.0.0' }));
  }
}
