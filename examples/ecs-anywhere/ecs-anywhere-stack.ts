// SPDX-License-Identifier: Apache-2.0
import { Stack, StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { importCluster } from './platform';
import { AgentDaemonService, Autodiscovery } from 'cdk-ecs-datadog';

/** An Agent on every machine that is registered with ECS Anywhere, and an application that talks to it. */
export class EcsAnywhereStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const cluster = importCluster(this);
    const agent = new AgentDaemonService(this, 'Agent', {
      cluster,
      datadog: datadogAccount(this),
      env: 'prod',
      launchType: ecs.LaunchType.EXTERNAL,
      tags: { site: 'berlin' },
    });

    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    const taskDefinition = new ecs.ExternalTaskDefinition(this, 'Task', { family: 'till' });
    const redis = taskDefinition.addContainer('redis', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/redis:7.4.2'),
      memoryLimitMiB: 256,
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'till' }),
    });
    Autodiscovery.of(redis).addCheck('redisdb', { instances: [{ host: '%%host%%', port: '6379' }] });
    agent.instrument(taskDefinition, { service: 'till', version: '2.4.0' });

    new ecs.ExternalService(this, 'Service', {
      cluster, taskDefinition, minHealthyPercent: 0, maxHealthyPercent: 100, circuitBreaker: { rollback: true },
    });
  }
}
