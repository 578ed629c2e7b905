// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AgentSidecar, addAgentSidecar, hasAgent, planSidecar } from './agent-sidecar';
import { SidecarOptions } from './sidecar-options';
import { containerConflict, isCrowded, memoryConflict, nameConflict } from './task-room';
import { AgentPlatform } from '../agent-platform';

/**
 * Adds a sidecar to a Linux task that nobody asked about in particular: what an explicit sidecar throws over is a warning here, and the task is left
 * as it was. An Agent that is there already stays the only one. Safe to call while an Aspect runs. Undefined where none was added.
 */
export function addAutomaticSidecar(taskDefinition: ecs.TaskDefinition, platform: AgentPlatform, options: SidecarOptions, serviceName?: string):
AgentSidecar | undefined {
  if (hasAgent(taskDefinition)) {
    return undefined;
  }
  const plan = planSidecar(options, platform);
  const warnings = Annotations.of(taskDefinition);
  const memory = memoryConflict(taskDefinition, plan.share);
  const conflict = nameConflict(taskDefinition, plan.share)
    ?? (memory ? `${memory}: raise memoryLimitMiB of the task definition` : containerConflict(taskDefinition, plan.share));
  if (conflict) {
    warnings.addWarningV2('cdk-ecs-datadog:taskTooSmall', `no Agent is added, since ${conflict}`);
    return undefined;
  }
  if (isCrowded(taskDefinition, plan.share)) {
    warnings.addWarningV2('cdk-ecs-datadog:taskTooSmall',
      `the Agent's ${plan.share.memoryMiB} MiB leave the application little of the task's memory: raise memoryLimitMiB of the task definition`);
  }
  return addAgentSidecar(new Construct(taskDefinition, 'DatadogAgentSidecar'), taskDefinition, plan, serviceName);
}
