// SPDX-License-Identifier: Apache-2.0
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentPlatform } from '../agent-platform';

/** Which instances a daemon is for. */
export interface DaemonHostOptions {
  readonly launchType?: ecs.LaunchType;
  readonly operatingSystem?: ec2.OperatingSystemType;
  readonly networkMode?: ecs.NetworkMode;
}

/** What the instances make of a daemon. */
export interface DaemonHost {
  readonly platform: AgentPlatform;
  readonly compatibility: ecs.Compatibility;
  readonly networkMode: ecs.NetworkMode;

  /** The instances' operating system. */
  readonly osFamily: ec2.OperatingSystemType;

  /** What ECS calls it, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html. */
  readonly osType: 'linux' | 'windows';

  /** What the Agent is given unless told otherwise, https://docs.datadoghq.com/containers/amazon_ecs/. */
  readonly cpu: number;
  readonly memoryLimitMiB: number;
}

const LINUX_MODES = [ecs.NetworkMode.BRIDGE, ecs.NetworkMode.HOST];

/**
 * Finds out where a daemon will run.
 *
 * @throws if there are no such instances, or if applications could not find an Agent in that network
 */
export function daemonHost(options: DaemonHostOptions): DaemonHost {
  const { launchType = ecs.LaunchType.EC2, operatingSystem = ec2.OperatingSystemType.LINUX, networkMode } = options;
  if (launchType !== ecs.LaunchType.EC2 && launchType !== ecs.LaunchType.EXTERNAL) {
    throw new Error(`'launchType' must be EC2 or EXTERNAL for a daemon, got: '${launchType}'; use FargateAgentSidecar`);
  }
  const isExternal = launchType === ecs.LaunchType.EXTERNAL;
  const runsWindows = operatingSystem === ec2.OperatingSystemType.WINDOWS;
  if (operatingSystem === ec2.OperatingSystemType.UNKNOWN || (isExternal && runsWindows)) {
    throw new Error(`'operatingSystem' must be LINUX${isExternal ? ' for external instances' : ' or WINDOWS'}, got: '${ec2.OperatingSystemType[operatingSystem]}'`);
  }
  const modes = runsWindows ? [ecs.NetworkMode.NAT] : LINUX_MODES;
  if (networkMode !== undefined && !modes.includes(networkMode)) {
    throw new Error(`'networkMode' must be ${modes.join(' or ')}, since applications cannot find an Agent of another, got: '${networkMode}'`);
  }
  return {
    platform: isExternal ? AgentPlatform.EXTERNAL_DAEMON : runsWindows ? AgentPlatform.EC2_WINDOWS_DAEMON : AgentPlatform.EC2_DAEMON,
    compatibility: isExternal ? ecs.Compatibility.EXTERNAL : ecs.Compatibility.EC2,
    networkMode: networkMode ?? modes[0],
    osFamily: operatingSystem,
    osType: runsWindows ? 'windows' : 'linux',
    cpu: runsWindows ? 512 : 256,
    memoryLimitMiB: 512,
  };
}
