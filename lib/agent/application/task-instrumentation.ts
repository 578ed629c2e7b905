// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { applicationContainers } from './application-containers';
import { ContainerInstrumentation, ContainerInstrumentationOptions } from './container-instrumentation';
import { ServiceTags } from '../../datadog/service-tags';
import { toTagValue } from '../../private/tag-syntax';
import { AgentPlan } from '../agent-plan';
import { AgentPlatform } from '../agent-platform';

/** What a task's containers need of the plan of their Agent. */
export type ApplicationPlan = Pick<AgentPlan, 'application'> & { readonly platform?: AgentPlatform };

/** For a task whose Agent is the user's own: how to reach it is the user's to say, who is there is not. */
export const TAGS_ONLY: ApplicationPlan = { application: { environment: {}, mounts: [], needsAgentHost: false } };

const INSTRUMENTATIONS = new WeakMap<ecs.TaskDefinition, TaskInstrumentation>();

/** What the application containers of one task are given, whenever they are added. A task has one, however many constructs watch it. */
export class TaskInstrumentation {
  /** The task's instrumentation. Where there is one already it is told the tags as well: what was asked for first stays. */
  public static obtain(taskDefinition: ecs.TaskDefinition, plan: ApplicationPlan, tags: ServiceTags, serviceName?: string): TaskInstrumentation {
    const existing = INSTRUMENTATIONS.get(taskDefinition);
    existing?.asked.push(tags);
    const instrumentation = existing ?? new TaskInstrumentation(taskDefinition, plan, tags, serviceName);
    INSTRUMENTATIONS.set(taskDefinition, instrumentation);
    return instrumentation;
  }

  private readonly asked: ServiceTags[];
  private readonly containers = new Map<ecs.ContainerDefinition, ContainerInstrumentation>();
  private readonly agentHost?: string;
  private readonly defaultService: string;

  private constructor(
    private readonly taskDefinition: ecs.TaskDefinition,
    private readonly plan: ApplicationPlan,
    tags: ServiceTags,
    serviceName?: string,
  ) {
    this.asked = [tags];
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
      asked: this.asked,
      defaultService: this.defaultService,
      environment: knownHost === undefined ? environment : { ...environment, DD_AGENT_HOST: knownHost },
      mounts,
    };
  }
}

/** The containers of a Fargate task share one network interface; on EC2 only the host's network makes the daemon's address known. */
function agentHost(taskDefinition: ecs.TaskDefinition, platform: AgentPlatform | undefined): string | undefined {
  return platform === AgentPlatform.FARGATE_SIDECAR || taskDefinition.networkMode === ecs.NetworkMode.HOST ? '127.0.0.1' : undefined;
}
