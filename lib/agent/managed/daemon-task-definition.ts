// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { agentContainer, initContainer } from './daemon-containers';
import { DaemonRoles } from './daemon-roles';
import { AgentManagedDaemonProps } from '../agent-managed-daemon-props';
import { AgentPlan } from '../agent-plan';

/** The smallest sizes that Datadog gives, https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/. */
const CPU = 256;
const MEMORY_MIB = 512;

/** Renders a plan as the task definition of a managed daemon. There are no ports in it: the Agent is reached at an address of its own. */
export function daemonTaskDefinition(scope: Construct, plan: AgentPlan, roles: DaemonRoles, props: AgentManagedDaemonProps, logging: ecs.LogDriver):
ecs.CfnDaemonTaskDefinition {
  const agent = agentContainer(scope, plan, roles, props, logging);
  const taskDefinition = new ecs.CfnDaemonTaskDefinition(scope, 'TaskDefinition', {
    family: props.family,
    cpu: String(props.cpu ?? Math.max(CPU, plan.cpu ?? 0)),
    memory: String(props.memoryLimitMiB ?? Math.max(MEMORY_MIB, plan.memoryLimitMiB ?? 0)),
    executionRoleArn: roles.executionRole.roleArn,
    taskRoleArn: roles.taskRole.roleArn,
    volumes: volumes(plan),
    containerDefinitions: [agent, ...plan.initContainers.map((init) => initContainer(scope, init, agent, roles))],
  });
  if (plan.pidMode) {
    // aws-cdk-lib knows the property since 2.260.0. "shared" is what other task definitions call "host".
    taskDefinition.addPropertyOverride('PidMode', 'shared');
  }
  return taskDefinition;
}

/**
 * Each volume once, however many paths it is mounted at. One without a path is empty and ends with the task,
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DaemonVolume.html.
 */
function volumes({ mounts, initContainers }: AgentPlan): ecs.CfnDaemonTaskDefinition.VolumeProperty[] {
  const all = [...mounts, ...initContainers.flatMap((init) => init.mounts ?? [])];
  const paths = new Map(all.map(({ volumeName, hostPath }) => [volumeName, hostPath]));
  return [...paths].map(([name, sourcePath]) => (sourcePath === undefined ? { name } : { name, host: { sourcePath } }));
}
