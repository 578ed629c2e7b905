// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { applicationContainers } from './application-containers';
import { ContainerInstrumentation, ContainerInstrumentationOptions } from './container-instrumentation';
import { ServiceTags } from '../../datadog/service-tags';
import { toTagValue } from '../../private/tag-syntax';
import { AgentPlan } from '../agent-plan';
import { AgentPlatform } from '../agent-platform';

/** What the application containers of one task are given, whenever they are added. */
export class TaskInstrumentation {
  private readonly containers = new Map<ecs.ContainerDefinition, ContainerInstrumentation>();
  private readonly agentHost?: string;
  private readonly defaultService: string;

  constructor(
    private readonly taskDefinition: ecs.TaskDefinition,
    private readonly plan: AgentPlan,
    private readonly tags: ServiceTags,
    serviceName?: string,
  ) {
    this.agentHost = agentHost(taskDefinition, plan.platform);
    this.defaultService = toTagValue(serviceName ?? taskDefinition.family);
  }

  /** Brings all containers of now up to date, and says what was kept. Doing it again changes nothing. */
  public settle(): void {
    this.apply();
    this.warn();
  }

  /** Instruments the containers that the task has now. Doing it again is free, so that later containers can follow. */
  public apply(): void {
    this.current().forEach((container) => container.apply());
  }

  /** Says what was kept and what is missing, once all containers are there. */
  public warn(): void {
    const containers = this.current();
    containers.forEach((container) => container.warn());
    const { needsAgentHost } = this.plan.application;
    if (needsAgentHost && this.agentHost === undefined && containers.some(({ knowsAgentHost }) => !knowsAgentHost)) {
      Annotations.of(this.taskDefinition).addWarningV2('cdk-ecs-datadog:agentHostUnknown',
        'the address of the container instance is not known before the task runs: set DD_AGENT_HOST from the instance metadata in the entry point, '
        + 'or use AgentTransport.UNIX_SOCKET (https://docs.datadoghq.com/containers/amazon_ecs/apm/)');
    }
  }

  private current(): ContainerInstrumentation[] {
    return applicationContainers(this.taskDefinition).map((container) => {
      const existing = this.containers.get(container);
      const instrumentation = existing ?? new ContainerInstrumentation(container, this.containerOptions());
      this.containers.set(container, instrumentation);
      return instrumentation;
    });
  }

  private containerOptions(): ContainerInstrumentationOptions {
    const { environment, mounts, needsAgentHost } = this.plan.application;
    const knownHost = needsAgentHost ? this.agentHost : undefined;
    return {
      tags: this.tags,
      defaultService: this.defaultService,
      environment: knownHost === undefined ? environment : { ...environment, DD_AGENT_HOST: knownHost },
      mounts,
    };
  }
}

/** The containers of a Fargate task share one network interface; on EC2 only the host's network makes the daemon's address known. */
function agentHost(taskDefinition: ecs.TaskDefinition, platform: AgentPlatform): string | undefined {
  return platform === AgentPlatform.FARGATE_SIDECAR || taskDefinition.networkMode === ecs.NetworkMode.HOST ? '127.0.0.1' : undefined;
}
