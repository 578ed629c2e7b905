// SPDX-License-Identifier: Apache-2.0
import { Stack, StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { importCluster } from './platform';
import { FargateAgentSidecar } from 'cdk-ecs-datadog';

/** An Agent beside an application on Fargate for Windows. Nothing is said of it: the task definition says that it runs Windows. */
export class FargateWindowsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: 'reports',
      cpu: 1024,
      memoryLimitMiB: 4096,
      runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE, cpuArchitecture: ecs.CpuArchitecture.X86_64 },
    });
    taskDefinition.addContainer('iis', {
      image: ecs.ContainerImage.fromRegistry('mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'),
      memoryLimitMiB: 3072,
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'iis' }),
    });
    new FargateAgentSidecar(this, 'Agent', { taskDefinition, datadog: datadogAccount(this), env: 'prod', service: 'reports', version: '5.0.2' });

    new ecs.FargateService(this, 'Service', {
      cluster: importCluster(this), taskDefinition, desiredCount: 2, minHealthyPercent: 50, circuitBreaker: { rollback: true },
    });
  }
}
