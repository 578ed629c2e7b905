// SPDX-License-Identifier: Apache-2.0
import { Annotations, Aspects, AspectPriority, IAspect } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { IConstruct } from 'constructs';
import { applicationContainers } from './application-containers';
import { instrumentContainer } from './instrument-container';
import { ServiceTags } from '../../datadog/service-tags';
import { toTagValue } from '../../private/tag-syntax';
import { AgentPlan } from '../agent-plan';
import { AgentPlatform } from '../agent-platform';

/** Instruments the application containers that a task has now. Doing it again is free, so that later containers can follow. */
export function instrumentTask(taskDefinition: ecs.TaskDefinition, plan: AgentPlan, tags: ServiceTags, serviceName?: string): void {
  const address = plan.application.needsAgentHost ? agentHost(taskDefinition, plan.platform) : undefined;
  for (const container of applicationContainers(taskDefinition)) {
    instrumentContainer(container, {
      tags,
      defaultService: toTagValue(serviceName ?? taskDefinition.family),
      environment: { ...plan.application.environment, ...(address ? { DD_AGENT_HOST: address } : {}) },
      mounts: plan.application.mounts,
    });
  }
}

/** Instruments the containers that a task gets later, however they are added, just before synthesis. */
export function instrumentLaterContainers(taskDefinition: ecs.TaskDefinition, instrument: () => void): void {
  const aspect: IAspect = {
    visit(node: IConstruct) {
      if (node === taskDefinition || node instanceof ecs.ContainerDefinition) {
        instrument();
      }
    },
  };
  Aspects.of(taskDefinition).add(aspect, { priority: AspectPriority.MUTATING });
}

/** The containers of a Fargate task share one network interface; on EC2 only the host's network makes the daemon's address known. */
function agentHost(taskDefinition: ecs.TaskDefinition, platform: AgentPlatform): string | undefined {
  if (platform === AgentPlatform.FARGATE_SIDECAR || taskDefinition.networkMode === ecs.NetworkMode.HOST) {
    return '127.0.0.1';
  }
  Annotations.of(taskDefinition).addWarningV2('cdk-ecs-datadog:agentHostUnknown',
    'the address of the container instance is not known before the task runs: set DD_AGENT_HOST from the instance metadata in the entry point, '
    + 'or use AgentTransport.UNIX_SOCKET (https://docs.datadoghq.com/containers/amazon_ecs/apm/)');
  return undefined;
}
