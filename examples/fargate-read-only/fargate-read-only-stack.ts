// SPDX-License-Identifier: Apache-2.0
import { Stack, StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { importCluster } from './platform';
import { FargateAgentSidecar } from 'cdk-ecs-datadog';

/** A task in which no container can write to its root file system, the Agent included. */
export class FargateReadOnlyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { family: 'payments', cpu: 512, memoryLimitMiB: 1024 });
    taskDefinition.addContainer('memcached', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/memcached:1.6.38'),
      readonlyRootFilesystem: true,
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'payments' }),
    });
    new FargateAgentSidecar(this, 'Agent', {
      taskDefinition,
      datadog: datadogAccount(this),
      env: 'prod',
      service: 'payments',
      version: '1.8.0',
      readonlyRootFilesystem: true,
    });

    new ecs.FargateService(this, 'Service', {
      cluster: importCluster(this), taskDefinition, desiredCount: 2, minHealthyPercent: 50, circuitBreaker: { rollback: true },
    });
  }
}
