// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { IMAGE, account, inStack } from './fixture';
import { managedCluster } from './managed-fixture';
import { AgentDaemonService, AgentFeature, AgentManagedDaemon, AgentOptions, AgentPlatform, InstrumentOptions } from '../../lib/agent';
import { definitionOf } from '../../lib/agent/platforms/platforms';
import { addAutomaticSidecar } from '../../lib/agent/sidecar/automatic-sidecar';

export interface Scenario {
  readonly platform: AgentPlatform;
  readonly features: AgentFeature[];
  readonly defaultFeatures: boolean;
  readonly readonlyRootFilesystem: boolean;
  readonly environment: { readonly [name: string]: string };
  /** Names of settings that come from secrets. */
  readonly secrets: string[];
  readonly tags: { readonly [key: string]: string };
  /** What the application says itself. */
  readonly ownEnvironment: { readonly [name: string]: string };
}

/** A task definition as CloudFormation gets it. */
export type RenderedTask = { readonly [property: string]: any };

export interface Rendering {
  readonly scenario: Scenario;
  /** The Agent's task definition and the application's, which are one with a sidecar. */
  readonly tasks: RenderedTask[];
  /** The options as they were after use. */
  readonly optionsAfter: string;
  readonly optionsBefore: string;
}

/** Puts an Agent on a platform, with one application that it watches, however often it is asked for. */
export function render(scenario: Scenario, times = 1): Rendering {
  const { platform, secrets, ownEnvironment, ...options } = scenario;
  const stack = inStack();
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Further', 'further');
  const agentOptions: AgentOptions = {
    ...options,
    datadog: account(stack),
    env: 'prod',
    secrets: Object.fromEntries(secrets.map((name) => [name, ecs.Secret.fromSecretsManager(secret, name)])),
  };
  const said = () => JSON.stringify([options, ownEnvironment, secrets]);
  const optionsBefore = said();
  const application = applicationTask(stack, platform, ownEnvironment);
  const daemon = agentOn(stack, platform, agentOptions);
  for (let time = 0; time < times; time++) {
    const instrumentOptions: InstrumentOptions = { service: 'web', version: '7', env: 'prod', tags: scenario.tags };
    if (daemon) {
      daemon.instrument(application, instrumentOptions);
    } else {
      addAutomaticSidecar(application, platform, { ...agentOptions, ...instrumentOptions })?.settle();
    }
  }
  return { scenario, optionsBefore, optionsAfter: said(), tasks: [rendered(application), ...(daemon ? [rendered(daemon.taskDefinition)] : [])] };
}

function agentOn(stack: Stack, platform: AgentPlatform, options: AgentOptions): AgentDaemonService | AgentManagedDaemon | undefined {
  if (platform === AgentPlatform.MANAGED_DAEMON) {
    const { cluster, provider } = managedCluster(stack);
    return new AgentManagedDaemon(stack, 'Daemon', { ...options, cluster, capacityProviders: [provider] });
  }
  if (!definitionOf(platform).isDaemon) {
    return undefined;
  }
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
  return new AgentDaemonService(stack, 'Daemon', {
    ...options,
    cluster: ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc, securityGroups: [] }),
    launchType: platform === AgentPlatform.EXTERNAL_DAEMON ? ecs.LaunchType.EXTERNAL : ecs.LaunchType.EC2,
    operatingSystem: definitionOf(platform).runsWindows ? ec2.OperatingSystemType.WINDOWS : ec2.OperatingSystemType.LINUX,
  });
}

const COMPATIBILITIES: { readonly [platform in AgentPlatform]: ecs.Compatibility } = {
  [AgentPlatform.EC2_DAEMON]: ecs.Compatibility.EC2,
  [AgentPlatform.EC2_WINDOWS_DAEMON]: ecs.Compatibility.EC2,
  [AgentPlatform.EXTERNAL_DAEMON]: ecs.Compatibility.EXTERNAL,
  [AgentPlatform.MANAGED_DAEMON]: ecs.Compatibility.MANAGED_INSTANCES,
  [AgentPlatform.MANAGED_SIDECAR]: ecs.Compatibility.MANAGED_INSTANCES,
  [AgentPlatform.FARGATE_SIDECAR]: ecs.Compatibility.FARGATE,
  [AgentPlatform.FARGATE_WINDOWS_SIDECAR]: ecs.Compatibility.FARGATE,
};

const ON_WINDOWS = { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE };

function applicationTask(stack: Stack, platform: AgentPlatform, environment: { readonly [name: string]: string }): ecs.TaskDefinition {
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', {
    compatibility: COMPATIBILITIES[platform],
    cpu: '1024',
    memoryMiB: '4096',
    networkMode: platform === AgentPlatform.EC2_WINDOWS_DAEMON ? ecs.NetworkMode.NAT : undefined,
    runtimePlatform: platform === AgentPlatform.FARGATE_WINDOWS_SIDECAR ? ON_WINDOWS : undefined,
  });
  for (const name of ['app', 'worker']) {
    taskDefinition.addContainer(name, {
      image: IMAGE,
      environment: { ...environment },
      entryPoint: ['/run'],
      memoryLimitMiB: 256,
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: name }),
    });
  }
  return taskDefinition;
}

function rendered(taskDefinition: IConstruct): RenderedTask {
  const resource = taskDefinition.node.defaultChild ?? taskDefinition;
  const [{ Properties }] = Object.values<any>(Stack.of(resource).resolve((resource as any)._toCloudFormation()).Resources);
  return Properties;
}
