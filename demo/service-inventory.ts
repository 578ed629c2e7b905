// SPDX-License-Identifier: Apache-2.0
import { CloudAssembly, Resource, referenceOf, resolveValue } from './cloud-assembly';

/** One application container of a service, as far as its watching goes. */
export interface WatchedContainer {
  readonly name: string;
  readonly environment: { readonly [name: string]: string };
  /** Docker labels, from which the Agent learns tags and checks. */
  readonly labels: { readonly [name: string]: string };
  /** Logical id of the log group, for the awslogs driver. */
  readonly logGroup?: string;
  readonly streamPrefix?: string;
  /** The subscription filter that carries the group to the forwarder. */
  readonly filterName?: string;
}

/** One ECS service and who watches it. */
export interface WatchedService {
  readonly id: string;
  readonly launchType: string;
  readonly taskDefinition: string;
  readonly agent: 'sidecar' | 'daemon' | 'none';
  /** Whether the Agent gets its key from a secret, and from nowhere else. */
  readonly hasKey: boolean;
  /** Whether the Agent tails containers without a log driver. */
  readonly isTailed: boolean;
  readonly containers: WatchedContainer[];
}

/** Everything that the quickstart's template says of services, Agents and the alarms that notify people. */
export interface ServiceInventory {
  readonly services: WatchedService[];
  readonly alarms: { readonly id: string; readonly description: string; readonly isGrouped: boolean }[];
}

export function takeInventory(assembly: CloudAssembly): ServiceInventory {
  const services = ofType(assembly, 'AWS::ECS::Service').map(([id, service]) => ({ id, service, task: taskOf(assembly, service) }));
  const daemon = services.find(({ service, task }) => service.Properties.SchedulingStrategy === 'DAEMON' && agentOf(task));
  return {
    services: services.filter((candidate) => candidate !== daemon).map(({ id, service, task }) => {
      const sidecar = agentOf(task);
      const agent = sidecar ?? (service.Properties.LaunchType === 'FARGATE' ? undefined : agentOf(daemon?.task));
      return {
        id,
        launchType: service.Properties.LaunchType ?? 'FARGATE',
        taskDefinition: referenceOf(service.Properties.TaskDefinition)!,
        agent: sidecar ? 'sidecar' : agent ? 'daemon' : 'none',
        hasKey: hasSecretKey(agent),
        isTailed: !sidecar && environmentOf(agent).DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL === 'true',
        containers: applicationContainers(task).map((container) => watchedContainer(assembly, container)),
      };
    }),
    alarms: ofType(assembly, 'AWS::CloudWatch::Alarm').filter(([, alarm]) => notifiesPeople(assembly, alarm)).map(([id, { Properties }]) => ({
      id,
      description: resolveValue(Properties.AlarmDescription ?? ''),
      isGrouped: JSON.stringify(Properties.Metrics ?? []).includes('GROUP BY'),
    })),
  };
}

/** Alarms for scaling notify nobody. */
function notifiesPeople({ resources }: CloudAssembly, alarm: Resource): boolean {
  return (alarm.Properties.AlarmActions ?? []).some((action: unknown) => resources[referenceOf(action) ?? '']?.Type === 'AWS::SNS::Topic');
}

function watchedContainer(assembly: CloudAssembly, container: any): WatchedContainer {
  const options = container.LogConfiguration?.Options ?? {};
  const logGroup = referenceOf(options['awslogs-group']);
  const [, filter] = ofType(assembly, 'AWS::Logs::SubscriptionFilter').find(([, { Properties }]) => referenceOf(Properties.LogGroupName) === logGroup) ?? [];
  return {
    name: container.Name,
    environment: environmentOf(container),
    labels: labelsOf(container),
    logGroup,
    streamPrefix: options['awslogs-stream-prefix'],
    filterName: filter && (filter.Properties.FilterName ?? 'generated'),
  };
}

function ofType(assembly: CloudAssembly, type: string): [string, Resource][] {
  return Object.entries(assembly.resources).filter(([, resource]) => resource.Type === type);
}

function taskOf(assembly: CloudAssembly, service: Resource): Resource {
  return assembly.resources[referenceOf(service.Properties.TaskDefinition)!];
}

function agentOf(task: Resource | undefined): any {
  return task?.Properties.ContainerDefinitions.find(isAgent);
}

function applicationContainers(task: Resource): any[] {
  return task.Properties.ContainerDefinitions.filter((container: any) => !isAgent(container));
}

function isAgent(container: any): boolean {
  return container.Name === 'datadog-agent';
}

function hasSecretKey(agent: any): boolean {
  return (agent?.Secrets ?? []).some(({ Name }: any) => Name === 'DD_API_KEY') && environmentOf(agent).DD_API_KEY === undefined;
}

function environmentOf(container: any): { [name: string]: string } {
  return Object.fromEntries((container?.Environment ?? []).map(({ Name, Value }: any) => [Name, resolveValue(Value)]));
}

function labelsOf(container: any): { [name: string]: string } {
  return Object.fromEntries(Object.entries(container.DockerLabels ?? {}).map(([name, value]) => [name, resolveValue(value)]));
}
