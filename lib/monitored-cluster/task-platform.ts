// SPDX-License-Identifier: Apache-2.0
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { hasInstancesOf, managedProvidersOf, systemOf } from './cluster-instances';
import { ClusterCapacity, TaskHost, hostsOfTask } from './task-hosts';
import { AgentPlatform } from '../agent';
import { ApplicationPlan, usesNetwork } from '../agent/agent-plan';
import { runsWindows, saysSystem, sidecarPlatform } from '../agent/sidecar/sidecar-platform';

/** Where the Agent of a task runs, or why it has none, as the end of a sentence. */
export type AgentPlacement = {
  readonly platform: AgentPlatform;

  /** What may be wrong with that: a warning. */
  readonly doubt?: { readonly id: string; readonly message: string };
} | { readonly obstacle: string };

/** What is there to reach an Agent of a cluster by. */
export interface AgentReach extends ClusterCapacity {
  /** How applications reach the daemon of a platform; undefined where the cluster has none. */
  applicationOn(platform: AgentPlatform): ApplicationPlan | undefined;
}

const UNKNOWN_HOSTS = 'the app does not say on which capacity its tasks run: make the task definition compatible with one kind only, or name capacity providers '
  + 'of this app, in capacityProviderStrategies of the service or in addDefaultCapacityProviderStrategy() of the cluster';

const UNKNOWN_INSTANCES = 'the app does not say on which managed instances the task runs: add their capacity provider to the cluster with '
  + 'addManagedInstancesCapacityProvider(), or give the task the network mode awsvpc, with which it takes a sidecar';

const UNKNOWN_SYSTEM = {
  id: 'cdk-ecs-datadog:operatingSystemUnknown',
  message: 'the cluster has instances with Linux and with Windows, and nothing says which of them run the task, so it is connected to the Agent on Linux: '
    + "give the service the placement constraint 'attribute:ecs.os-type == linux', or == windows, or capacity providers of one kind",
};

/** Where the Agent of a task runs, given the services that run the task. */
export function placementOf(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], reach: AgentReach): AgentPlacement {
  const hosts = hostsOfTask(taskDefinition, services, reach);
  if (!hosts) {
    return { obstacle: UNKNOWN_HOSTS };
  }
  if (hosts.length > 1) {
    return onSeveral(taskDefinition, hosts, reach);
  }
  switch (hosts[0]) {
    case TaskHost.FARGATE: return orObstacle(sidecarPlatform(taskDefinition), UNKNOWN_HOSTS);
    case TaskHost.EXTERNAL: return { platform: AgentPlatform.EXTERNAL_DAEMON };
    case TaskHost.MANAGED_INSTANCES: return onManagedInstances(taskDefinition, reach);
    case TaskHost.EC2: return onEc2(taskDefinition, services, reach);
  }
}

/** Each place has a form of its own; but sockets are at the same path of all instances. */
function onSeveral(taskDefinition: ecs.TaskDefinition, hosts: TaskHost[], reach: AgentReach): AgentPlacement {
  const shared = `services on ${hosts.join(' and on ')} run this task definition`;
  const sidecar = hosts.includes(TaskHost.FARGATE) ? sidecarPlatform(taskDefinition) : undefined;
  if (sidecar) {
    const message = `${shared}, so its Agent is the one for Fargate, which believes that it runs there: give each its own task definition`;
    return { platform: sidecar, doubt: { id: 'cdk-ecs-datadog:sharedTaskDefinition:platform', message } };
  }
  const applications = [AgentPlatform.EC2_DAEMON, AgentPlatform.MANAGED_DAEMON].map((platform) => reach.applicationOn(platform));
  if (taskDefinition.isFargateCompatible || applications.some((application) => application && usesNetwork(application))) {
    return {
      obstacle: `${shared}, where applications find the Agent at different addresses: give each its own task definition, or make it compatible with `
        + 'instances only, with AgentTransport.UNIX_SOCKET',
    };
  }
  return { platform: AgentPlatform.EC2_DAEMON };
}

function onManagedInstances(taskDefinition: ecs.TaskDefinition, reach: AgentReach): AgentPlacement {
  const hasDaemon = managedProvidersOf(reach.cluster).length > 0;
  if (!taskDefinition.isFargateCompatible) {
    return hasDaemon ? { platform: AgentPlatform.MANAGED_DAEMON } : orObstacle(sidecarPlatform(taskDefinition), UNKNOWN_INSTANCES);
  }
  const application = reach.applicationOn(AgentPlatform.MANAGED_DAEMON);
  // Fargate's network mode and volumes are what the sidecar needs on these instances; the form for Fargate would believe that it runs there.
  return application ? throughNetwork(AgentPlatform.MANAGED_DAEMON, application) : { platform: AgentPlatform.MANAGED_SIDECAR };
}

function onEc2(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], reach: AgentReach): AgentPlacement {
  const placement = ec2PlacementOf(taskDefinition, services, reach.cluster);
  const application = taskDefinition.isFargateCompatible ? reach.applicationOn(placement.platform) : undefined;
  return application ? throughNetwork(placement.platform, application) : placement;
}

/** Which of a cluster's daemons on EC2 a task is near to. */
function ec2PlacementOf(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], cluster: ecs.ICluster) {
  const systems = services.length > 0 ? services.map((service) => systemOf(cluster, service)) : [systemOf(cluster)];
  const all = (system: ec2.OperatingSystemType) => systems.every((candidate) => candidate === system);
  if (runsWindows(taskDefinition) || (!saysSystem(taskDefinition) && all(ec2.OperatingSystemType.WINDOWS))) {
    return { platform: AgentPlatform.EC2_WINDOWS_DAEMON };
  }
  const isKnown = saysSystem(taskDefinition) || all(ec2.OperatingSystemType.LINUX) || !hasInstancesOf(cluster, ec2.OperatingSystemType.WINDOWS);
  return { platform: AgentPlatform.EC2_DAEMON, doubt: isKnown ? undefined : UNKNOWN_SYSTEM };
}

/** The daemon of the instances that a task is made for. */
export function instancePlatform(taskDefinition: ecs.TaskDefinition, services: ecs.BaseService[], cluster: ecs.ICluster): AgentPlatform {
  return taskDefinition.isExternalCompatible ? AgentPlatform.EXTERNAL_DAEMON : ec2PlacementOf(taskDefinition, services, cluster).platform;
}

/** Fargate refuses the host's path at which sockets are, so a task that is compatible with it reaches the Agent over the network, or not at all. */
function throughNetwork(platform: AgentPlatform, { mounts }: ApplicationPlan): AgentPlacement {
  return mounts.some(({ hostPath }) => hostPath !== undefined) ? {
    obstacle: 'services on instances alone run this task definition, while its compatibility with Fargate rules out the volume through which tasks reach the '
      + "instance's Agent: make it compatible with the instances only, as ecs.Ec2TaskDefinition is, or give AgentFeature.apm() and AgentFeature.dogStatsD() the "
      + 'transport AgentTransport.NETWORK',
  } : { platform };
}

function orObstacle(platform: AgentPlatform | undefined, obstacle: string): AgentPlacement {
  return platform ? { platform } : { obstacle };
}
