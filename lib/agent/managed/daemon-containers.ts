// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { DaemonRoles } from './daemon-roles';
import { AGENT_CONTAINER_NAME, AGENT_HEALTH_CHECK, agentImage } from '../agent-container';
import { AgentInitContainer, AgentMount } from '../agent-feature-config';
import { AgentManagedDaemonProps } from '../agent-managed-daemon-props';
import { AgentPlan } from '../agent-plan';
import { INIT_CONTAINER_MEMORY_MIB } from '../render/init-container';

type DaemonContainer = ecs.CfnDaemonTaskDefinition.DaemonContainerDefinitionProperty;

/** The Agent's container. The task's size is its limit. */
export function agentContainer(scope: Construct, plan: AgentPlan, roles: DaemonRoles, props: AgentManagedDaemonProps, logging: ecs.LogDriver):
DaemonContainer {
  const secrets = Object.entries({ DD_API_KEY: props.datadog.apiKey.toEcsSecret(), ...plan.secrets });
  secrets.forEach(([, secret]) => secret.grantRead(roles.executionGrantee));
  return {
    name: AGENT_CONTAINER_NAME,
    ...imageOf(scope, props.image ?? agentImage(props.datadog, plan.imageTag), roles),
    essential: true,
    environment: Object.entries(plan.environment).map(([name, value]) => ({ name, value })),
    secrets: secrets.map(([name, { arn }]) => ({ name, valueFrom: arn })),
    healthCheck: renderHealthCheck(props.healthCheck ?? AGENT_HEALTH_CHECK),
    linuxParameters: plan.capabilities.length > 0 ? { capabilities: { add: [...plan.capabilities] } } : undefined,
    readonlyRootFilesystem: plan.readonlyRootFilesystem || undefined,
    mountPoints: plan.mounts.map(mountPoint),
    logConfiguration: renderLogging(logging.bind(scope, roles.asContainer())),
    dependsOn: plan.initContainers.length > 0 ? plan.initContainers.map(({ name }) => ({ containerName: name, condition: 'SUCCESS' })) : undefined,
  };
}

/** A container that ends before the Agent starts. */
export function initContainer(scope: Construct, init: AgentInitContainer, agent: DaemonContainer, roles: DaemonRoles): DaemonContainer {
  const { image, repositoryCredentials } = init.image ? imageOf(new Construct(scope, init.name), init.image, roles) : agent;
  return {
    name: init.name,
    image,
    repositoryCredentials,
    essential: false,
    memory: INIT_CONTAINER_MEMORY_MIB,
    entryPoint: init.entryPoint && [...init.entryPoint],
    command: [...init.command],
    user: init.user,
    readonlyRootFilesystem: true,
    linuxParameters: init.dropCapabilities ? { capabilities: { drop: [...init.dropCapabilities] } } : undefined,
    mountPoints: (init.mounts ?? []).map(mountPoint),
    logConfiguration: agent.logConfiguration,
  };
}

function imageOf(scope: Construct, containerImage: ecs.ContainerImage, roles: DaemonRoles): Pick<DaemonContainer, 'image' | 'repositoryCredentials'> {
  const { imageName, repositoryCredentials } = containerImage.bind(scope, roles.asContainer());
  return { image: imageName, repositoryCredentials };
}

function mountPoint({ volumeName, containerPath, readOnly }: AgentMount): ecs.CfnDaemonTaskDefinition.MountPointProperty {
  return { sourceVolume: volumeName, containerPath, readOnly: readOnly ?? true };
}

/** As CDK renders it for other containers: a command without a prefix is run in a shell if it is one word, else directly. */
function renderHealthCheck({ command, interval, timeout, retries, startPeriod }: ecs.HealthCheck): ecs.CfnDaemonTaskDefinition.HealthCheckProperty {
  const hasPrefix = ['CMD', 'CMD-SHELL'].includes(command[0]);
  return {
    command: hasPrefix ? [...command] : [command.length === 1 ? 'CMD-SHELL' : 'CMD', ...command],
    interval: interval?.toSeconds() ?? 30,
    timeout: timeout?.toSeconds() ?? 5,
    retries: retries ?? 3,
    startPeriod: startPeriod?.toSeconds(),
  };
}

/** Those of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-daemons-task-definitions.html except awsfirelens, whose router is missing here. */
const LOG_DRIVERS = ['awslogs', 'splunk'];

function renderLogging({ logDriver, options, secretOptions }: ecs.LogDriverConfig): ecs.CfnDaemonTaskDefinition.LogConfigurationProperty {
  if (!LOG_DRIVERS.includes(logDriver)) {
    throw new Error(`'logging' of a managed daemon must use ${LOG_DRIVERS.join(' or ')}, got: '${logDriver}'`);
  }
  return { logDriver, options, secretOptions };
}
