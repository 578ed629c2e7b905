// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { importCluster } from './platform';
import { AgentDaemonService } from 'cdk-ecs-datadog';

/** What the application runs once it knows where the Agent is: Windows has no sockets to share, and only the instance knows its address. */
const START = [
  "$ttl = @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '60' }",
  '$token = Invoke-RestMethod -Method Put -Headers $ttl -Uri http://169.254.169.254/latest/api/token',
  "$env:DD_AGENT_HOST = Invoke-RestMethod -Headers @{ 'X-aws-ec2-metadata-token' = $token } -Uri http://169.254.169.254/latest/meta-data/local-ipv4",
  'C:\\ServiceMonitor.exe w3svc',
].join('; ');

/** An Agent on every Windows instance of a cluster, and an application that talks to it. */
export class Ec2WindowsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const cluster = importCluster(this);

    // A cluster with Linux instances too takes a second one, without operatingSystem.
    const agent = new AgentDaemonService(this, 'Agent', {
      cluster,
      datadog: datadogAccount(this),
      env: 'prod',
      operatingSystem: ec2.OperatingSystemType.WINDOWS,
    });

    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
    const taskDefinition = new ecs.Ec2TaskDefinition(this, 'Task', { family: 'intranet', networkMode: ecs.NetworkMode.NAT });
    taskDefinition.addContainer('iis', {
      image: ecs.ContainerImage.fromRegistry('mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'),
      entryPoint: ['powershell', '-Command', START],
      memoryLimitMiB: 2048,
      cpu: 1024,
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'iis' }),
    });
    agent.instrument(taskDefinition, { service: 'intranet', version: '3.1.0' });
    Annotations.of(this).acknowledgeWarning('cdk-ecs-datadog:agentHostUnknown', 'The entry point finds it');

    new ecs.Ec2Service(this, 'Service', {
      cluster,
      taskDefinition,
      minHealthyPercent: 50,
      circuitBreaker: { rollback: true },
      placementConstraints: [ecs.PlacementConstraint.memberOf('attribute:ecs.os-type == windows')],
    });
  }
}
