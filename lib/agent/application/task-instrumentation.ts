// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { agentHostAdvice, agentUrlAdvice } from './agent-address';
import { applicationContainers } from './application-containers';
import { ApplicationSettings, checkApplication, checkTracers } from './check-application';
import { ContainerInstrumentation, ContainerInstrumentationOptions } from './container-instrumentation';
import { gitEnvironment } from './git-metadata';
import { AgentNeighbour } from './start-dependencies';
import { TracerContainers } from './tracer/tracer-containers';
import { warnOfUnboundedLogFiles } from './unbounded-log-files';
import { ServiceTags } from '../../datadog/service-tags';
import { FIRST_WINS, mergeOptions } from '../../private/merge-options';
import { toTagValue } from '../../private/tag-syntax';
import { checkIsOfThisApp } from '../../private/task-containers';
import { AgentPlan, ApplicationPlan } from '../agent-plan';
import { warnOfUnreadLabels } from '../autodiscovery/unread-labels';
import { limitErrors } from '../sidecar/task-limits';
import { containerConflict, memoryConflict } from '../sidecar/task-room';

/** What a task's containers need of the plan of their Agent. Where it runs is not known of an Agent of the user's own. */
export type InstrumentationPlan = Pick<AgentPlan, 'application' | 'features' | 'imageRegistry'> & Partial<Pick<AgentPlan, 'on' | 'platform'>>;

/** For a task whose Agent is the user's own: how to reach it is the user's to say, who is there is not. */
export function tagsOnly(imageRegistry: string): InstrumentationPlan {
  return {
    imageRegistry,
    features: [],
    application: { environment: {}, mounts: [], capabilities: [], wrapper: [], needsAgentHost: false, agentUrls: {}, awaitsAgent: false },
  };
}

const INSTRUMENTATIONS = new WeakMap<ecs.TaskDefinition, TaskInstrumentation>();

/** What the application containers of one task are given, whenever they are added. A task has one, however many constructs watch it. */
export class TaskInstrumentation {
  /**
   * The task's instrumentation. Where there is one already it is told the settings as well: what was asked for first stays.
   *
   * @throws if a tag, a repository or a tracer is invalid
   */
  public static obtain(taskDefinition: ecs.TaskDefinition, plan: InstrumentationPlan, settings: ApplicationSettings, serviceName?: string,
    neighbour?: AgentNeighbour): TaskInstrumentation {
    checkIsOfThisApp(taskDefinition);
    checkApplication(settings);
    const existing = INSTRUMENTATIONS.get(taskDefinition);
    checkTracers(settings, existing?.plan ?? plan);
    existing?.asked.push(settings);
    const instrumentation = existing ?? new TaskInstrumentation(taskDefinition, plan, settings, serviceName, neighbour);
    INSTRUMENTATIONS.set(taskDefinition, instrumentation);
    return instrumentation;
  }

  /** What the containers of a task are instrumented for; undefined if they are not yet. */
  public static planOf(taskDefinition: ecs.TaskDefinition): InstrumentationPlan | undefined {
    return INSTRUMENTATIONS.get(taskDefinition)?.plan;
  }

  private readonly asked: ApplicationSettings[];
  private readonly containers = new Map<ecs.ContainerDefinition, ContainerInstrumentation>();
  private readonly agentHost?: string;
  private readonly defaultService: string;
  private readonly tracerContainers: TracerContainers;
  private readonly dependencies: ecs.ContainerDependency[];

  private constructor(
    private readonly taskDefinition: ecs.TaskDefinition,
    private readonly plan: InstrumentationPlan,
    settings: ApplicationSettings,
    serviceName?: string,
    neighbour?: AgentNeighbour,
  ) {
    taskDefinition.node.addValidation({ validate: () => limitErrors(taskDefinition) });
    this.asked = [settings];
    this.agentHost = agentHost(taskDefinition, plan);
    this.defaultService = toTagValue(serviceName ?? taskDefinition.family);
    this.dependencies = neighbour?.dependencies ?? [];
    this.tracerContainers = new TracerContainers(taskDefinition, () => this.settings, plan.imageRegistry, neighbour?.logging);
  }

  /** Brings all containers of now up to date, and says what was kept. Doing it again changes nothing. */
  public settle(): void {
    this.apply();
    this.tracerContainers.settle();
    this.warn();
  }

  /** Instruments the containers that the task has now. Doing it again is free, so that later containers can follow. */
  public apply(): void {
    this.current().forEach((container) => container.apply());
  }

  /** Says what was kept and what is missing, once all containers are there. */
  public warn(): void {
    const containers = this.current();
    containers.forEach((container) => container.warn());
    const { needsAgentHost, agentUrls } = this.plan.application;
    if (needsAgentHost && this.agentHost === undefined && containers.some((container) => !container.hasOwn('DD_AGENT_HOST'))) {
      Annotations.of(this.taskDefinition).addWarningV2('cdk-ecs-datadog:agentHostUnknown', agentHostAdvice(this.plan.platform));
    }
    for (const [name, { scheme, port }] of this.agentHost === undefined ? Object.entries(agentUrls) : []) {
      if (containers.some((container) => !container.hasOwn(name))) {
        Annotations.of(this.taskDefinition).addWarningV2(`cdk-ecs-datadog:agentUrlUnknown:${name}`,
          agentUrlAdvice(this.plan.platform, name, `${scheme}://<address>:${port}`));
      }
    }
    this.checkRoom();
    this.warnOfUnknownContainers();
    if (this.plan.platform) {
      warnOfUnreadLabels(this.plan.platform, applicationContainers(this.taskDefinition));
    }
    if (this.plan.features.includes('logs')) {
      warnOfUnboundedLogFiles(applicationContainers(this.taskDefinition));
    }
  }

  /** On an instance nobody but the tracer's container adds to the task; beside a sidecar the sidecar checks it all. */
  private checkRoom(): void {
    const { share } = this.tracerContainers;
    if (this.plan.on?.isDaemon && share.containers.length > 0) {
      const conflict = memoryConflict(this.taskDefinition, share, 'the tracer') ?? containerConflict(this.taskDefinition, share, 'the tracer');
      if (conflict) {
        Annotations.of(this.taskDefinition).addError(`ECS refuses the task, since ${conflict}`);
      }
    }
  }

  private warnOfUnknownContainers(): void {
    const names = applicationContainers(this.taskDefinition).map(({ containerName }) => containerName);
    for (const name of Object.keys(this.settings.containers ?? {}).filter((asked) => !names.includes(asked))) {
      Annotations.of(this.taskDefinition).addWarningV2(`cdk-ecs-datadog:unknownContainer:${name}`,
        `'containers' says something of '${name}', which the task does not have; it has ${names.map((known) => `'${known}'`).join(', ') || 'none'}`);
    }
  }

  private current(): ContainerInstrumentation[] {
    const watched = applicationContainers(this.taskDefinition).filter(({ containerName }) => !this.settings.containers?.[containerName]?.exclude);
    return watched.map((container) => {
      const existing = this.containers.get(container);
      const instrumentation = existing ?? new ContainerInstrumentation(container, this.containerOptions(container));
      this.containers.set(container, instrumentation);
      return instrumentation;
    });
  }

  /** All that was asked for; what was asked for first stays. */
  private get settings(): ApplicationSettings {
    return this.asked.reduce((earlier, later) => mergeOptions(earlier, later, FIRST_WINS));
  }

  private containerOptions({ containerName }: ecs.ContainerDefinition): ContainerInstrumentationOptions {
    return {
      asked: () => this.asked.map((settings) => tagsOf(settings, containerName)),
      defaultService: this.defaultService,
      environment: () => ({
        ...this.plan.application.environment,
        ...addressEnvironment(this.plan.application, this.agentHost),
        ...gitEnvironment(this.settings),
      }),
      plan: this.plan.application,
      dependencies: this.dependencies,
      tracer: () => this.settings.containers?.[containerName]?.tracer,
      tracerContainers: this.tracerContainers,
    };
  }
}

/** The tags of one container: what is said of it in particular, else what is said of the application. */
function tagsOf({ env, service, version, tags, containers }: ApplicationSettings, containerName: string): ServiceTags {
  const own = containers?.[containerName] ?? {};
  return { env: own.env ?? env, service: own.service ?? service, version: own.version ?? version, tags: { ...tags, ...own.tags } };
}

/** What tells an application where the Agent is on the network, if anybody knows. */
function addressEnvironment({ needsAgentHost, agentUrls }: ApplicationPlan, host: string | undefined): { [name: string]: string } {
  if (host === undefined) {
    return {};
  }
  const urls = Object.entries(agentUrls).map(([name, { scheme, port }]) => [name, `${scheme}://${host}:${port}`]);
  return { ...(needsAgentHost ? { DD_AGENT_HOST: host } : {}), ...Object.fromEntries(urls) };
}

/** Where the platform does not give the Agent an address, only a task in the host's own network knows it. */
function agentHost(taskDefinition: ecs.TaskDefinition, { on }: InstrumentationPlan): string | undefined {
  return on?.agentHost ?? (taskDefinition.networkMode === ecs.NetworkMode.HOST ? '127.0.0.1' : undefined);
}
