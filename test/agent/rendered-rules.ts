// SPDX-License-Identifier: Apache-2.0
import { KEY_ARN, RenderedContainer } from './fixture';
import { RenderedTask, Rendering } from './rendered-scenario';
import { definitionOf } from '../../lib/agent/platforms/platforms';

/** Something that holds whatever is asked for, and a mistake that breaks it. */
export interface Rule {
  readonly name: string;
  readonly holds: (rendering: Rendering) => boolean;
  readonly plant: (rendering: Rendering) => Rendering;
}

const containers = ({ tasks }: Rendering): RenderedContainer[] => tasks.flatMap(({ ContainerDefinitions }) => ContainerDefinitions);
const agentOf = (rendering: Rendering) => containers(rendering).find(({ Name }) => Name === 'datadog-agent')!;
const unique = (values: unknown[]) => new Set(values).size === values.length;

/** The same with every container changed. */
function changed(rendering: Rendering, change: (container: RenderedContainer) => object): Rendering {
  const tasks = rendering.tasks.map((task) => ({
    ...task, ContainerDefinitions: task.ContainerDefinitions.map((container: RenderedContainer) => ({ ...container, ...change(container) })),
  }));
  return { ...rendering, tasks };
}

const variable = (Name: string, Value: string) => ({ Environment = [] }: RenderedContainer) => ({ Environment: [...Environment, { Name, Value }] });

const has = ({ Environment = [] }: RenderedContainer, variables: { readonly [name: string]: string }) =>
  Object.entries(variables).every(([name, value]) => Environment.some(({ Name, Value }) => Name === name && Value === value));

const everyContainer = ({ tasks }: Rendering, holds: (container: RenderedContainer, task: RenderedTask) => unknown) =>
  tasks.every((task) => task.ContainerDefinitions.every((container: RenderedContainer) => holds(container, task)));

export const RULES: Rule[] = [
  {
    name: 'no name is there twice, in variables, secrets or both',
    holds: (rendering) => everyContainer(rendering, ({ Environment = [], Secrets = [] }) =>
      unique([...Environment, ...Secrets].map(({ Name }) => Name))),
    plant: (rendering) => changed(rendering, variable('DD_API_KEY', 'x')),
  },
  {
    name: 'the key is a secret of the Agent, and of no other container, and nowhere in text',
    holds: (rendering) => containers(rendering).every(({ Name, Secrets = [], Environment = [] }) =>
      Secrets.some((secret) => secret.Name === 'DD_API_KEY' && secret.ValueFrom === KEY_ARN) === (Name === 'datadog-agent')
      && !Environment.some((entry) => /KEY$/.test(entry.Name))),
    plant: (rendering) => changed(rendering, variable('DD_APP_KEY', 'x')),
  },
  {
    name: "the user's own values stay",
    holds: (rendering) => {
      const applications = containers(rendering).filter(({ Name }) => ['app', 'worker'].includes(Name));
      const { ownEnvironment, environment } = rendering.scenario;
      return applications.every((application) => has(application, ownEnvironment)) && has(agentOf(rendering), environment);
    },
    plant: (rendering) => changed(rendering, () => ({ Environment: [] })),
  },
  {
    name: "the caller's objects are as they were",
    holds: ({ optionsBefore, optionsAfter }) => optionsBefore === optionsAfter,
    plant: (rendering) => ({ ...rendering, optionsAfter: `${rendering.optionsAfter} ` }),
  },
  {
    name: 'only a container with a health check is waited for until it is healthy',
    holds: ({ tasks }) => tasks.every(({ ContainerDefinitions }) => ContainerDefinitions.every(({ DependsOn = [] }: RenderedContainer) =>
      DependsOn.every(({ ContainerName, Condition }: any) => {
        const awaited = ContainerDefinitions.find(({ Name }: RenderedContainer) => Name === ContainerName);
        return awaited && (Condition !== 'HEALTHY' || awaited.HealthCheck);
      }))),
    plant: (rendering) => changed(rendering, ({ Name }) => ({ HealthCheck: undefined, DependsOn: [{ ContainerName: Name, Condition: 'HEALTHY' }] })),
  },
  {
    name: 'a task has ten containers at most, each by a name of its own',
    holds: ({ tasks }) => tasks.every(({ ContainerDefinitions }) => ContainerDefinitions.length <= 10
      && unique(ContainerDefinitions.map(({ Name }: RenderedContainer) => Name))),
    plant: (rendering) => ({ ...rendering, tasks: rendering.tasks.map((task) => ({ ...task, ContainerDefinitions: Array(11).fill({}) })) }),
  },
  {
    name: 'each mount is of a volume of its task, at a path of its own, and each volume is there once',
    holds: ({ tasks }) => tasks.every(({ Volumes = [], ContainerDefinitions }: RenderedTask) => unique(Volumes.map(({ Name }: any) => Name))
      && ContainerDefinitions.every(({ MountPoints = [] }: RenderedContainer) => unique(MountPoints.map(({ ContainerPath }: any) => ContainerPath))
        && MountPoints.every(({ SourceVolume }: any) => Volumes.some(({ Name }: any) => Name === SourceVolume)))),
    plant: (rendering) => changed(rendering, () => ({ MountPoints: [{ SourceVolume: 'missing', ContainerPath: '/x' }] })),
  },
  {
    name: 'the Agent writes to its sockets, applications only read them',
    holds: (rendering) => everyContainer(rendering, ({ Name, MountPoints = [] }) => MountPoints
      .filter(({ SourceVolume }: any) => SourceVolume === 'dd-sockets').every(({ ReadOnly }: any) => ReadOnly === (Name !== 'datadog-agent'))),
    plant: (rendering) => changed(rendering, () => ({ MountPoints: [{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog' }] })),
  },
  {
    name: 'every container that is added has a fixed image, a log and a bound of its memory, or its task has',
    holds: (rendering) => everyContainer(rendering, ({ Image, LogConfiguration, Memory }, task) =>
      /:[0-9]/.test(Image) && LogConfiguration && (Memory ?? task.Memory)),
    plant: (rendering) => changed(rendering, () => ({ Image: 'public.ecr.aws/datadog/agent:latest' })),
  },
  {
    name: 'what only prepares volumes has a read-only root and no capability',
    holds: (rendering) => everyContainer(rendering, ({ Name, ReadonlyRootFilesystem, LinuxParameters }) =>
      ['app', 'worker', 'datadog-agent'].includes(Name) || (ReadonlyRootFilesystem === true && LinuxParameters?.Capabilities?.Drop?.[0] === 'ALL'
        && !LinuxParameters.Capabilities.Add)),
    plant: (rendering) => changed(rendering, () => ({ Name: 'prepare', ReadonlyRootFilesystem: true, LinuxParameters: undefined })),
  },
  {
    name: 'on Windows there are no sockets, no capabilities and no check of Linux',
    holds: (rendering) => !definitionOf(rendering.scenario.platform).runsWindows || everyContainer(rendering, (container) =>
      !/unix:|dd-sockets|\/var\/run/.test(JSON.stringify(container))
      && !container.LinuxParameters && !container.HealthCheck && !container.ReadonlyRootFilesystem),
    plant: (rendering) => changed(rendering, variable('DD_TRACE_AGENT_URL', 'unix:///var/run/datadog/apm.socket')),
  },
  {
    name: 'paths of a host are in tasks that have a host only, and the process namespace is one that the platform knows',
    holds: ({ scenario: { platform }, tasks }) => {
      const { isDaemon } = definitionOf(platform);
      const modes = isDaemon ? [undefined, 'host', 'shared'] : [undefined, 'task'];
      return tasks.every(({ Volumes = [], PidMode }) => modes.includes(PidMode) && (isDaemon || Volumes.every(({ Host }: any) => !Host)));
    },
    plant: (rendering) => ({ ...rendering, tasks: rendering.tasks.map((task) => ({ ...task, PidMode: 'none' })) }),
  },
];
