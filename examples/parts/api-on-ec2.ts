// SPDX-License-Identifier: Apache-2.0
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AgentDaemonService, AgentFeature, Autodiscovery, DatadogAccount, LogProcessingRuleType } from 'cdk-ecs-datadog';

export interface ApiOnEc2Props {
  readonly cluster: ecs.ICluster;
  readonly datadog: DatadogAccount;
}

/** An Agent on every instance, and an application that talks to it. */
export class ApiOnEc2 extends Construct {
  public readonly service: ecs.Ec2Service;

  constructor(scope: Construct, id: string, { cluster, datadog }: ApiOnEc2Props) {
    super(scope, id);
    const agent = new AgentDaemonService(this, 'Agent', {
      cluster,
      datadog,
      env: 'prod',
      tags: { team: 'shop' },
      features: [AgentFeature.processes()],
    });

    const taskDefinition = new ecs.Ec2TaskDefinition(this, 'Task', { family: 'api' });
    const container = taskDefinition.addContainer('api', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'api'), '7.1.0'),
      memoryReservationMiB: 256,
      // The Agent tails the file; the limits keep it from filling the instance's disk.
      logging: ecs.LogDrivers.jsonFile({ maxSize: '10m', maxFile: 3 }),
    });
    agent.instrument(taskDefinition, { service: 'api', version: '7.1.0' });

    // The Agent tails the container; this is how it reads the lines, and what it never sends.
    Autodiscovery.of(container).addLogs({
      source: 'java',
      processingRules: [
        { type: LogProcessingRuleType.MULTI_LINE, name: 'stack_traces', pattern: '\\d{4}-\\d{2}-\\d{2}' },
        { type: LogProcessingRuleType.MASK_SEQUENCES, name: 'cards', pattern: '\\b\\d{16}\\b', replacePlaceholder: '[card]' },
      ],
    });
    Autodiscovery.of(container).addTags({ tier: 'backend' });

    this.service = new ecs.Ec2Service(this, 'Service', { cluster, taskDefinition, minHealthyPercent: 50, circuitBreaker: { rollback: true } });
  }
}
