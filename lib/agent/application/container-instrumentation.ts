// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ContainerSettings, hasVariable, ownSettings } from './container-settings';
import { ContainerStart } from './container-start';
import { ContainerTracer } from './container-tracer';
import { TracerContainers } from './tracer/tracer-containers';
import { TracerLibrary } from './tracer/tracer-library';
import { ServiceTags, tagDockerLabels, tagEnvironment } from '../../datadog/service-tags';
import { rememberDefaultService } from '../../private/default-service';
import { ApplicationPlan } from '../agent-plan';
import { addMounts, mountsThatLeadElsewhere } from '../render/mounts';

/** What an application container is given. */
export interface ContainerInstrumentationOptions {
  /** Unified service tags as they were asked for so far, the first first. */
  readonly asked: () => readonly ServiceTags[];

  /** The service's name where nobody gave one; it gives way silently. */
  readonly defaultService: string;

  readonly environment: () => { readonly [name: string]: string };
  readonly plan: ApplicationPlan;

  /** For whom the container waits, if it starts as the plan says. */
  readonly dependencies: readonly ecs.ContainerDependency[];
  readonly tracer: () => TracerLibrary | undefined;
  readonly tracerContainers: TracerContainers;
}

/** The two forms of each unified service tag. */
const UNIFIED_TAGS = {
  env: ['DD_ENV', 'com.datadoghq.tags.env'],
  service: ['DD_SERVICE', 'com.datadoghq.tags.service'],
  version: ['DD_VERSION', 'com.datadoghq.tags.version'],
} as const;

/** Clients prefer these to `DD_AGENT_HOST`, so beside an address of the user's they would replace it. */
const SOCKET_URLS = ['DD_TRACE_AGENT_URL', 'DD_DOGSTATSD_URL'];

/** One application container's part of the watching: what it has of its own stays, what it lacks is added. */
export class ContainerInstrumentation {
  /** What was given so far, so that a value which the user sets later is told from ours. */
  private readonly given = new Map<string, string>();
  private readonly start: ContainerStart;
  private tracer?: ContainerTracer;

  constructor(private readonly container: ecs.ContainerDefinition, private readonly options: ContainerInstrumentationOptions) {
    this.start = new ContainerStart(container, options.plan, options.dependencies);
  }

  /** Brings the container up to date. Doing it twice changes nothing. */
  public apply(): void {
    const own = ownSettings(this.container, this.given);
    const tags = this.resolveTags(own, this.options.defaultService);
    rememberDefaultService(this.container, this.resolveTags(own, undefined).service === undefined ? tags.service : undefined);
    for (const [name, value] of Object.entries({ ...tagEnvironment(tags), ...this.addresses(own) })) {
      if (!hasVariable(own, name)) {
        this.container.addEnvironment(name, value);
        this.given.set(name, value);
      }
    }
    for (const [label, value] of Object.entries(tagDockerLabels(tags))) {
      if (!own.labels.has(label)) {
        this.container.addDockerLabel(label, value);
        this.given.set(label, value);
      }
    }
    addMounts(this.container, this.options.plan.mounts);
    this.start.apply();
    this.tracer ??= this.newTracer();
    this.tracer?.apply(own);
  }

  /** Says which of the container's own values contradict what was asked for. */
  public warn(): void {
    const own = ownSettings(this.container, this.given);
    const kept = { ...tagEnvironment(this.resolveTags(own, this.options.defaultService)), ...Object.fromEntries(own.variables) };
    for (const [name, value] of this.wanted()) {
      if (own.secrets.has(name) || (kept[name] ?? value) !== value) {
        this.warning(`ownValueKept:${name}`, `has its own ${name}, which is kept: '${value}' is not set`);
      }
      if (own.secrets.has(name) && this.given.has(name)) {
        this.error(`got ${name} as a secret after it had been instrumented: add the secret first`);
      }
    }
    const tracerProblem = this.tracer?.problem(own);
    if (tracerProblem) {
      this.error(tracerProblem);
    }
    if (this.start.isUnknown) {
      this.warning('entryPointUnknown', `is not wrapped by '${this.options.plan.wrapper[0]}', since only its image knows what it runs: `
        + 'give it entryPoint: [\'…\'], as `docker inspect --format "{{json .Config.Entrypoint}}" <image>` prints it, and its command');
    }
    if (this.hasOwnAddress(own) && SOCKET_URLS.some((name) => name in this.options.environment() && !hasVariable(own, name))) {
      this.warning('ownValueKept:DD_AGENT_HOST', 'has its own DD_AGENT_HOST, which is kept: the Agent\'s sockets are not announced');
    }
    for (const { containerPath } of mountsThatLeadElsewhere(this.container, this.options.plan.mounts)) {
      this.warning(`ownMountKept:${containerPath}`, `has its own mount at ${containerPath}, which is kept: the Agent's sockets are not there`);
    }
  }

  /** Whether the user gave the container a variable, from wherever it comes. */
  public hasOwn(name: string): boolean {
    return hasVariable(ownSettings(this.container, this.given), name);
  }

  /** Every value that was asked for, some perhaps twice. The lists of tags have been combined. */
  private wanted(): [string, string][] {
    const [asked, environment] = [this.options.asked(), this.options.environment()];
    const singleTags = asked.map(({ env, service, version }) => tagEnvironment({ env, service, version }));
    return [...singleTags, tagEnvironment({ tags: combined(asked).tags }), environment].flatMap((variables) => Object.entries(variables));
  }

  /** Each tag has one value in both of its forms: the container's own, else the one asked for. A tag from a secret is left to the secret. */
  private resolveTags(own: ContainerSettings, defaultService: string | undefined): ServiceTags {
    const tags = combined(this.options.asked());
    const resolve = (tag: keyof typeof UNIFIED_TAGS, otherwise?: string) => {
      const [name, label] = UNIFIED_TAGS[tag];
      return own.secrets.has(name) ? undefined : own.variables.get(name) ?? own.labels.get(label) ?? tags[tag] ?? otherwise;
    };
    return { ...tags, env: resolve('env'), service: resolve('service', defaultService), version: resolve('version') };
  }

  private addresses(own: ContainerSettings): { [name: string]: string } {
    const entries = Object.entries(this.options.environment());
    return Object.fromEntries(this.hasOwnAddress(own) ? entries.filter(([name]) => !SOCKET_URLS.includes(name)) : entries);
  }

  private newTracer(): ContainerTracer | undefined {
    const tracer = this.options.tracer();
    return tracer && new ContainerTracer(this.container, tracer, this.options.tracerContainers, this.given);
  }

  private hasOwnAddress(own: ContainerSettings): boolean {
    return hasVariable(own, 'DD_AGENT_HOST');
  }

  private error(message: string): void {
    Annotations.of(this.container).addError(`container '${this.container.containerName}' ${message}`);
  }

  private warning(id: string, message: string): void {
    Annotations.of(this.container).addWarningV2(`cdk-ecs-datadog:${id}`, `container '${this.container.containerName}' ${message}`);
  }
}

/** What was asked for, by whoever asked first. */
function combined(asked: readonly ServiceTags[]): ServiceTags {
  return asked.reduceRight((later, { env = later.env, service = later.service, version = later.version, tags }) => (
    { env, service, version, tags: { ...later.tags, ...tags } }), {});
}
