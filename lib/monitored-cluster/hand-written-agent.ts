// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentDaemonService } from '../agent';
import { AGENT_CONTAINER_NAME } from '../agent/agent-container';
import { ownSettings } from '../agent/application/container-settings';
import { containersOf } from '../private/task-containers';

/** The Agent's image in Datadog's registries, and in mirrors that keep its name, https://docs.datadoghq.com/containers/guide/changing_container_registry/. */
const AGENT_IMAGE = /(^|[./])datadog(hq(\.com|\.azurecr\.io)?)?\/agent([:@]|$)/;

/** The Agent in a daemon service that this library did not make; undefined for all other services. */
export function handWrittenAgent(service: ecs.BaseService): ecs.ContainerDefinition | undefined {
  const { schedulingStrategy } = service.node.defaultChild as ecs.CfnService;
  if (schedulingStrategy !== 'DAEMON' || service.node.scope instanceof AgentDaemonService || !(service.taskDefinition instanceof ecs.TaskDefinition)) {
    return undefined;
  }
  return containersOf(service.taskDefinition)
    .find(({ containerName, imageName }) => containerName === AGENT_CONTAINER_NAME || AGENT_IMAGE.test(imageName));
}

/** Whether an Agent tails the containers that have no log driver of their own, as far as it says so in plain text. */
export function tailsAll(agent: ecs.ContainerDefinition): boolean {
  const { variables } = ownSettings(agent, new Map());
  return variables.get('DD_LOGS_ENABLED') === 'true' && variables.get('DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL') === 'true';
}
