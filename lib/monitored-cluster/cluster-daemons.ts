// SPDX-License-Identifier: Apache-2.0
import { Annotations, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AgentDaemonService, AgentManagedDaemon, AgentPlatform } from '../agent';
import { agentOptions, ClusterAgentSettings, featureConflict } from './agent-options';
import { hasInstancesOf, managedProvidersOf } from './cluster-instances';
import { handWrittenAgent, tailsAll } from './hand-written-agent';
import { AgentReach, instancePlatform } from './task-platform';
import { ApplicationPlan } from '../agent/agent-plan';
import { asServiceOf, knownEc2Capacity } from '../private/cluster-services';
import { constructsOf, stageOf } from '../private/stage-of';

/** What the daemons of a cluster depend on. */
export interface ClusterDaemonSettings extends ClusterAgentSettings {
  readonly cluster: ecs.ICluster;
  readonly ec2Capacity?: boolean;
}

/** A daemon that applications are introduced to. */
export type AgentDaemon = AgentDaemonService | AgentManagedDaemon;

/** How a daemon of one kind of instances is made, and under which id. */
interface DaemonKind {
  readonly id: string;
  readonly launchType?: ecs.LaunchType;
  readonly operatingSystem?: ec2.OperatingSystemType;
}

const KINDS: { readonly [platform in AgentPlatform]?: DaemonKind } = {
  [AgentPlatform.EC2_DAEMON]: { id: 'Agent' },
  [AgentPlatform.EC2_WINDOWS_DAEMON]: { id: 'WindowsAgent', operatingSystem: ec2.OperatingSystemType.WINDOWS },
  [AgentPlatform.EXTERNAL_DAEMON]: { id: 'ExternalAgent', launchType: ecs.LaunchType.EXTERNAL },
};

/** The Agents on a cluster's instances: those that somebody put there already, else ours. */
export class ClusterDaemons implements AgentReach {
  private readonly daemons = new Map<AgentPlatform, AgentDaemon>();
  private readonly handWritten = new Map<AgentPlatform, ecs.ContainerDefinition | undefined>();

  constructor(private readonly scope: Construct, private readonly settings: ClusterDaemonSettings) {}

  public get cluster(): ecs.ICluster {
    return this.settings.cluster;
  }

  public get hasEc2Capacity(): boolean | undefined {
    return this.settings.ec2Capacity ?? knownEc2Capacity(this.cluster);
  }

  public applicationOn(platform: AgentPlatform): ApplicationPlan | undefined {
    return featureConflict(this.settings, platform) ? undefined : this.on(platform)?._application;
  }

  /** One for each kind of instances that the cluster is known to have. */
  public forInstances(): void {
    this.instancePlatforms().forEach((platform) => this.watch(platform));
  }

  /** Whether a daemon that is there tails the containers of its instances. */
  public tails(platform: AgentPlatform): boolean {
    const [daemon, handWritten] = [this.daemons.get(platform), this.handWrittenOn(platform)];
    return handWritten ? tailsAll(handWritten) : daemon instanceof AgentDaemonService && daemon._collectsLogs;
  }

  /** An Agent that somebody runs on these instances without this library: a second one would fight for its sockets and ports. */
  public handWrittenOn(platform: AgentPlatform): ecs.ContainerDefinition | undefined {
    if (!this.handWritten.has(platform)) {
      const isOfKind = KINDS[platform] !== undefined && !this.daemons.has(platform) && !this.existingService(platform);
      this.handWritten.set(platform, isOfKind ? this.findHandWritten(platform) : undefined);
    }
    return this.handWritten.get(platform);
  }

  /** The daemon for one kind of instances; undefined if the cluster takes none, or has one that is not of this library. */
  public on(platform: AgentPlatform): AgentDaemon | undefined {
    const daemon = this.daemons.get(platform) ?? (platform === AgentPlatform.MANAGED_DAEMON ? this.managedDaemon() : this.daemonService(platform));
    if (daemon) {
      this.daemons.set(platform, daemon);
    }
    return daemon;
  }

  private instancePlatforms(): AgentPlatform[] {
    const { cluster } = this.settings;
    const hasWindows = hasInstancesOf(cluster, ec2.OperatingSystemType.WINDOWS);
    // Instances that the app does not make are taken for Linux.
    const hasLinux = this.hasEc2Capacity && (!hasWindows || hasInstancesOf(cluster, ec2.OperatingSystemType.LINUX));
    return [
      ...hasLinux ? [AgentPlatform.EC2_DAEMON] : [],
      ...hasWindows ? [AgentPlatform.EC2_WINDOWS_DAEMON] : [],
      ...managedProvidersOf(cluster).length > 0 ? [AgentPlatform.MANAGED_DAEMON] : [],
    ];
  }

  /** Nobody asked for instances of this kind in particular, so what cannot be had there is a warning. */
  private watch(platform: AgentPlatform): void {
    const conflict = featureConflict(this.settings, platform);
    if (conflict) {
      Annotations.of(this.scope).addWarningV2('cdk-ecs-datadog:instancesNotWatched', `no ${platform} is added, since ${conflict}`);
    } else {
      this.on(platform);
    }
  }

  private daemonService(platform: AgentPlatform): AgentDaemonService | undefined {
    const { cluster, ec2Capacity } = this.settings;
    const existing = this.existingService(platform);
    const kind = KINDS[platform];
    if (existing || !kind || knownEc2Capacity(cluster) === undefined || this.handWrittenOn(platform)) {
      return existing;
    }
    const { id, ...instances } = kind;
    return new AgentDaemonService(this.scope, id, { cluster, ec2Capacity, ...instances, ...agentOptions(this.settings, platform) });
  }

  private findHandWritten(platform: AgentPlatform): ecs.ContainerDefinition | undefined {
    const services = constructsOf(stageOf(this.scope)).flatMap((node) => asServiceOf(this.cluster, node) ?? []);
    const service = services.filter(handWrittenAgent)
      .find((candidate) => instancePlatform(candidate.taskDefinition, [candidate], this.cluster) === platform);
    if (!service) {
      return undefined;
    }
    Annotations.of(service).addWarningV2('cdk-ecs-datadog:handWrittenAgent', 'the service runs an Agent on the instances already, so none is added there, and '
      + 'applications get their tags alone, since how they reach that Agent is for it to say: use AgentDaemonService instead, or set DD_AGENT_HOST, or '
      + 'DD_TRACE_AGENT_URL and DD_DOGSTATSD_URL, in the containers');
    return handWrittenAgent(service);
  }

  private existingService(platform: AgentPlatform): AgentDaemonService | undefined {
    return this.existing(AgentDaemonService).find((daemon) => daemon._platform === platform && asServiceOf(this.cluster, daemon.service));
  }

  /** Capacity providers that somebody gave an Agent keep it. */
  private managedDaemon(): AgentManagedDaemon | undefined {
    const { cluster } = this.settings;
    const known = managedProvidersOf(cluster);
    const existing = this.existing(AgentManagedDaemon)
      .filter(({ capacityProviders }) => capacityProviders.some((provider) => known.includes(provider)));
    const capacityProviders = known.filter((provider) => !existing.some((daemon) => daemon.capacityProviders.includes(provider)));
    const options = agentOptions(this.settings, AgentPlatform.MANAGED_DAEMON);
    const made = byStack(capacityProviders).map(([stack, providers]) => {
      // Beside providers of another stack, which refers to the cluster's already: the other way round would be a cycle.
      const isElsewhere = stack !== Stack.of(this.scope);
      const [scope, id] = isElsewhere ? [stack, `ManagedAgent-${this.scope.node.path}`] : [this.scope, 'ManagedAgent'];
      return new AgentManagedDaemon(scope, id, { cluster, capacityProviders: providers, ...options });
    });
    // They have one plan, so a task may be introduced to any of them.
    return [...existing, ...made][0];
  }

  private existing<T extends AgentDaemon>(kind: new (...args: any[]) => T): T[] {
    return constructsOf(stageOf(this.scope)).filter((node): node is T => node instanceof kind);
  }
}

function byStack(providers: ecs.ManagedInstancesCapacityProvider[]): [Stack, ecs.ManagedInstancesCapacityProvider[]][] {
  const stacks = [...new Set(providers.map((provider) => Stack.of(provider)))];
  return stacks.map((stack) => [stack, providers.filter((provider) => Stack.of(provider) === stack)]);
}
