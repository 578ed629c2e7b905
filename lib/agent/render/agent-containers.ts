// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { addInitContainer } from './init-container';
import { addMounts } from './mounts';
import { DatadogAccount } from '../../datadog';
import { AGENT_CONTAINER_NAME, AGENT_HEALTH_CHECK, agentImage } from '../agent-container';
import { AgentPlan } from '../agent-plan';

/** What a plan leaves open. */
export interface AgentContainerOptions {
  readonly datadog: DatadogAccount;
  readonly image?: ecs.ContainerImage;
  readonly healthCheck?: ecs.HealthCheck;
  readonly essential: boolean;
  readonly cpu?: number;
  readonly memoryLimitMiB: number;
  readonly logging: ecs.LogDriver;
  readonly dockerSecurityOptions?: string[];

  /** A secret as the task definition's execution role is to be granted it. */
  readonly toSecret: (secret: ecs.Secret) => ecs.Secret;
}

/** The containers that a plan asks for, in a task definition. */
export interface AgentContainers {
  readonly agent: ecs.ContainerDefinition;

  /** They end before the Agent starts; what they prepare may be for the applications too. */
  readonly init: ecs.ContainerDefinition[];
}

/** Adds the Agent to a task definition, and what has to run before it. */
export function addAgentContainers(scope: Construct, taskDefinition: ecs.TaskDefinition, plan: AgentPlan, options: AgentContainerOptions):
AgentContainers {
  const image = options.image ?? agentImage(options.datadog, plan.imageTag);
  const agent = new ecs.ContainerDefinition(scope, 'Agent', {
    taskDefinition,
    containerName: AGENT_CONTAINER_NAME,
    image,
    essential: options.essential,
    cpu: options.cpu,
    memoryLimitMiB: options.memoryLimitMiB,
    environment: { ...plan.environment },
    secrets: mapValues({ DD_API_KEY: options.datadog.apiKey.toEcsSecret(), ...plan.secrets }, options.toSecret),
    healthCheck: options.healthCheck ?? (plan.on.runsWindows ? undefined : AGENT_HEALTH_CHECK),
    workingDirectory: plan.on.workingDirectory,
    readonlyRootFilesystem: plan.readonlyRootFilesystem || undefined,
    linuxParameters: linuxParameters(scope, plan),
    dockerSecurityOptions: options.dockerSecurityOptions && [...options.dockerSecurityOptions],
    logging: options.logging,
    // On Fargate and in the host's network the host's port is the container's anyway.
    portMappings: plan.ports.map(({ port, protocol }) => ({ containerPort: port, protocol, ...(plan.on.isDaemon ? { hostPort: port } : {}) })),
  });
  addMounts(agent, plan.mounts);
  const init = plan.initContainers.map((container) => addInitContainer(scope, taskDefinition, container, { image, logging: options.logging }));
  agent.addContainerDependencies(...init.map((container) => ({ container, condition: ecs.ContainerDependencyCondition.SUCCESS })));
  return { agent, init };
}

/** Datadog documents no capabilities that an Agent could do without, so those that every container is given stay; it reads files of other users, as root does. */
function linuxParameters(scope: Construct, { capabilities }: AgentPlan): ecs.LinuxParameters | undefined {
  if (capabilities.length === 0) {
    return undefined;
  }
  const parameters = new ecs.LinuxParameters(scope, 'LinuxParameters');
  parameters.addCapabilities(...capabilities);
  return parameters;
}

function mapValues<T>(values: { readonly [name: string]: T }, map: (value: T) => T): { [name: string]: T } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
