// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AgentSidecar, SIDECAR_MEMORY_MIB, addAgentSidecar, hasAgent, planSidecar } from './agent-sidecar';
import { SidecarOptions } from './sidecar-options';
import { isCrowded, memoryConflict } from './task-memory';

/**
 * Adds a sidecar to a Linux task that nobody asked about in particular: what an explicit sidecar throws over is a warning here, and the task is left
 * as it was. An Agent that is there already stays the only one. Safe to call while an Aspect runs. Undefined where none was added.
 */
export function addAutomaticSidecar(taskDefinition: ecs.TaskDefinition, options: SidecarOptions, serviceName?: string): AgentSidecar | undefined {
  if (hasAgent(taskDefinition)) {
    return undefined;
  }
  const warnings = Annotations.of(taskDefinition);
  const memoryMiB = options.memoryLimitMiB ?? SIDECAR_MEMORY_MIB;
  const conflict = memoryConflict(taskDefinition, memoryMiB);
  if (conflict) {
    warnings.addWarningV2('cdk-ecs-datadog:taskTooSmall', `no Agent is added, since ${conflict}: raise memoryLimitMiB of the task definition`);
    return undefined;
  }
  if (isCrowded(taskDefinition, memoryMiB)) {
    warnings.addWarningV2('cdk-ecs-datadog:taskTooSmall',
      `the Agent's ${memoryMiB} MiB leave the application little of the task's memory: raise memoryLimitMiB of the task definition`);
  }
  const plan = planSidecar(options);
  return addAgentSidecar(new Construct(taskDefinition, 'DatadogAgentSidecar'), taskDefinition, plan, serviceName);
}
