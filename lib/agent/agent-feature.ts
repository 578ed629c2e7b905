// SPDX-License-Identifier: Apache-2.0
import { AgentFeatureConfig, AgentFeatureContext } from './agent-feature-config';
import { AgentPlatform } from './agent-platform';
import {
  ApmOptions, AppAndApiProtectionOptions, ComplianceOptions, ContainerTagsOptions, CustomChecksOptions, DogStatsDOptions, Ec2TagsOptions,
  LlmObservabilityOptions, LogCollectionOptions, NetworkPathOptions, OtlpOptions, ProcessesOptions, ResourceTagsOptions, SbomOptions,
  UniversalServiceMonitoringOptions, WorkloadProtectionOptions, apm, appAndApiProtection, compliance, containerTags, customChecks, dataStreams,
  dogStatsD, ec2Tags, ecsExplorer, fips, jmx, liveContainers, llmObservability, logCollection, networkMonitoring, networkPath, otlp, processes,
  profiling, remoteConfiguration, resourceTags, sbom, universalServiceMonitoring, workloadProtection,
} from './features';
import { copyConfig } from './features/copy-config';
import { FeatureDefinition } from './features/feature-definition';
import { copyData } from '../private/copy-data';

/**
 * A feature of the Agent. It declares what the Agent and the applications need for it.
 * Features of this library that are not enabled are explicitly disabled in the Agent.
 */
export abstract class AgentFeature {
  /** What Datadog recommends for ECS everywhere: traces, custom metrics through DogStatsD, live containers, and the ECS explorer. */
  public static recommended(): AgentFeature[] {
    return [AgentFeature.apm(), AgentFeature.dogStatsD(), AgentFeature.liveContainers(), AgentFeature.ecsExplorer()];
  }

  /** Traces (Application Performance Monitoring). */
  public static apm(options: ApmOptions = {}): AgentFeature {
    return new DefinedFeature(apm, options);
  }

  /** Custom metrics through DogStatsD. */
  public static dogStatsD(options: DogStatsDOptions = {}): AgentFeature {
    return new DefinedFeature(dogStatsD, options);
  }

  /**
   * Live processes, on Linux. Beside an application the task's containers then share a process namespace, and ECS Exec works for one container only.
   *
   * @see https://docs.datadoghq.com/infrastructure/process/
   */
  public static processes(options: ProcessesOptions = {}): AgentFeature {
    return new DefinedFeature(processes, options);
  }

  /** Live containers: what each container uses, every few seconds. On in the Agent by default. */
  public static liveContainers(): AgentFeature {
    return new DefinedFeature(liveContainers, {});
  }

  /** The Agent tails the logs of the containers beside it that use the `json-file` driver, Docker's default. In daemons on EC2 and ECS Anywhere. */
  public static logCollection(options: LogCollectionOptions = {}): AgentFeature {
    return new DefinedFeature(logCollection, options);
  }

  /** The ECS explorer. The Agent reports tasks only: it also needs the resource collection of Datadog's AWS integration. */
  public static ecsExplorer(): AgentFeature {
    return new DefinedFeature(ecsExplorer, {});
  }

  /**
   * Cloud Network Monitoring (CNM): who talks to whom, and how well. In daemons on Linux; the Agent gets capabilities to look into the kernel. An instance
   * with AppArmor (Ubuntu, Debian) also takes `dockerSecurityOptions: ['apparmor:unconfined']`.
   *
   * @see https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/
   */
  public static networkMonitoring(): AgentFeature {
    return new DefinedFeature(networkMonitoring, {});
  }

  /**
   * Network Path: the hops to those that `AgentFeature.networkMonitoring` sees traffic to, which it needs.
   *
   * @see https://docs.datadoghq.com/network_monitoring/network_path/
   */
  public static networkPath(options: NetworkPathOptions = {}): AgentFeature {
    return new DefinedFeature(networkPath, options);
  }

  /**
   * Universal Service Monitoring (USM): requests, errors and durations of services without a tracer in them. In daemons on EC2 and ECS Anywhere, on Linux;
   * the Agent gets capabilities to look into the kernel, 500 CPU units and 1024 MiB. An instance with AppArmor (Ubuntu, Debian) also takes
   * `dockerSecurityOptions: ['apparmor:unconfined']`.
   *
   * @see https://docs.datadoghq.com/universal_service_monitoring/
   */
  public static universalServiceMonitoring(options: UniversalServiceMonitoringOptions = {}): AgentFeature {
    return new DefinedFeature(universalServiceMonitoring, options);
  }

  /**
   * Workload Protection (CWS): suspicious activity of processes, files and the network, as it happens. Billed by Datadog for each host.
   * On Fargate a wrapper runs the applications, so their containers have to say their `entryPoint`; they share a process namespace, start when the Agent is
   * healthy, and ECS Exec works for one of them only.
   *
   * @see https://docs.datadoghq.com/security/workload_protection/
   */
  public static workloadProtection(options: WorkloadProtectionOptions = {}): AgentFeature {
    return new DefinedFeature(workloadProtection, options);
  }

  /**
   * Cloud Security Misconfigurations (CSPM): Docker, containers and instances against the CIS benchmarks. In daemons on EC2 and ECS Anywhere, on Linux.
   *
   * @see https://docs.datadoghq.com/security/cloud_security_management/misconfigurations/
   */
  public static compliance(options: ComplianceOptions = {}): AgentFeature {
    return new DefinedFeature(compliance, options);
  }

  /**
   * Software bills of material (SBOM), in which Datadog finds vulnerable packages. In daemons on EC2 and ECS Anywhere, on Linux.
   *
   * @see https://docs.datadoghq.com/security/cloud_security_management/vulnerabilities/
   */
  public static sbom(options: SbomOptions = {}): AgentFeature {
    return new DefinedFeature(sbom, options);
  }

  /**
   * The Agent's image with cryptography validated for FIPS 140-2, for Datadog's sites for governments. The instances and the storage are yours to make
   * compliant. On Linux.
   *
   * @see https://docs.datadoghq.com/agent/configuration/fips-compliance/
   */
  public static fips(): AgentFeature {
    return new DefinedFeature(fips, {});
  }

  /** Profiles of CPU, memory and more, by the tracers of applications. Needs `AgentFeature.apm`. */
  public static profiling(): AgentFeature {
    return new DefinedFeature(profiling, {});
  }

  /** Data Streams Monitoring: how long messages take through queues, by the tracers of applications. Needs `AgentFeature.apm`. */
  public static dataStreams(): AgentFeature {
    return new DefinedFeature(dataStreams, {});
  }

  /** App and API Protection (AppSec): attacks on applications, found by their tracers. Billed by Datadog for each host. Needs `AgentFeature.apm`. */
  public static appAndApiProtection(options: AppAndApiProtectionOptions = {}): AgentFeature {
    return new DefinedFeature(appAndApiProtection, options);
  }

  /** LLM Observability: calls of language models, by the tracers of applications. Needs `AgentFeature.apm`. */
  public static llmObservability(options: LlmObservabilityOptions = {}): AgentFeature {
    return new DefinedFeature(llmObservability, options);
  }

  /**
   * The Agent takes OTLP, what OpenTelemetry speaks. Applications are told its address; on EC2 and ECS Anywhere only those in network mode `host`, the others
   * have to find out that of their instance. Needs `AgentFeature.apm`, which takes the traces.
   */
  public static otlp(options: OtlpOptions = {}): AgentFeature {
    return new DefinedFeature(otlp, options);
  }

  /**
   * Remote Configuration: settings from Datadog's pages reach Agent and tracers. On by default, as in the Agent, except on the sites for governments, which
   * have none; off without the default features. The key needs the capability.
   */
  public static remoteConfiguration(): AgentFeature {
    return new DefinedFeature(remoteConfiguration, {});
  }

  /** The Agent's image with Java, for checks that talk JMX, as those of Kafka and Tomcat. The Agent gets at least 512 MiB. */
  public static jmx(): AgentFeature {
    return new DefinedFeature(jmx, {});
  }

  /** Tags from the labels and variables of containers. */
  public static containerTags(options: ContainerTagsOptions): AgentFeature {
    return new DefinedFeature(containerTags, options);
  }

  /**
   * Tags of ECS tasks, services and container instances. In daemons on EC2. The role of the instances, not that of the Agent's task, needs
   * `ecs:ListTagsForResource`, which this library cannot grant.
   */
  public static resourceTags(options: ResourceTagsOptions = {}): AgentFeature {
    return new DefinedFeature(resourceTags, options);
  }

  /**
   * Tags of the EC2 instances, where Datadog's AWS integration does not collect them. In daemons on EC2. The role of the Agent's task is granted
   * `ec2:DescribeTags`; the role of the instances may have it instead.
   */
  public static ec2Tags(options: Ec2TagsOptions = {}): AgentFeature {
    return new DefinedFeature(ec2Tags, options);
  }

  /** Checks of your own, from directories of the instances. In daemons on EC2 and ECS Anywhere, on Linux; elsewhere build them into the `image`. */
  public static customChecks(options: CustomChecksOptions): AgentFeature {
    return new DefinedFeature(customChecks, options);
  }

  /**
   * A feature that this version of the library does not know, the same on every platform. Later changes of the given objects have no effect on it.
   *
   * @throws if the name is that of a known feature
   */
  public static of(name: string, config: AgentFeatureConfig): AgentFeature {
    return new OwnFeature(name, config);
  }

  /**
   * Settings that switch every feature off that this library knows and that is not among `active`.
   *
   * @internal
   */
  public static _disabledEnvironment(active: AgentFeature[]): { [name: string]: string } {
    const names = active.map((feature) => feature.name);
    const absent = KNOWN_FEATURES.filter((definition) => !names.includes(definition.name));
    return Object.assign({}, ...absent.map((definition) => definition.disabledEnvironment));
  }

  /** The feature's name. It does not depend on the options. */
  public abstract readonly name: string;

  /**
   * Returns what the feature needs on the Agent's platform.
   *
   * @throws if the feature does not work on that platform; the message says what to use instead
   */
  public abstract bind(context: AgentFeatureContext): AgentFeatureConfig;

  /**
   * Whether the feature works on a platform, for callers that watch several.
   *
   * @internal
   */
  public _worksOn(_platform: AgentPlatform): boolean {
    return true;
  }

  /**
   * Names of the features that it builds on.
   *
   * @internal
   */
  public get _needs(): string[] {
    return [];
  }
}

const KNOWN_FEATURES: FeatureDefinition<any>[] = [
  apm, dogStatsD, processes, liveContainers, logCollection, ecsExplorer,
  networkMonitoring, networkPath, universalServiceMonitoring,
  workloadProtection, compliance, sbom, fips,
  profiling, dataStreams, appAndApiProtection, llmObservability, otlp,
  remoteConfiguration, jmx, containerTags, resourceTags, ec2Tags, customChecks,
];

class DefinedFeature<Options extends object> extends AgentFeature {
  public readonly name: string;
  private readonly options: Options;

  constructor(private readonly definition: FeatureDefinition<Options>, options: Options) {
    super();
    this.name = definition.name;
    this.options = copyData(options);
  }

  public bind(context: AgentFeatureContext): AgentFeatureConfig {
    const unsupported = this.definition.unsupported?.[context.platform];
    if (unsupported) {
      throw new Error(`'features' of a ${context.platform} must not hold '${this.name}', since ${unsupported.reason} (${unsupported.source})`
        + (unsupported.instead ? `; use ${unsupported.instead}` : ''));
    }
    return this.definition.bind(this.options, context);
  }

  public override _worksOn(platform: AgentPlatform): boolean {
    return !this.definition.unsupported?.[platform];
  }

  public override get _needs(): string[] {
    return this.definition.needs ?? [];
  }
}

class OwnFeature extends AgentFeature {
  private readonly config: AgentFeatureConfig;

  constructor(public readonly name: string, config: AgentFeatureConfig) {
    super();
    if (KNOWN_FEATURES.some((definition) => definition.name === name)) {
      throw new Error(`'name' must not be that of a feature which AgentFeature offers, got: '${name}'; give that feature its options, or yours another name`);
    }
    if (name === '') {
      throw new Error("'name' must tell the feature from others, got: ''");
    }
    this.config = copyConfig(config);
  }

  public bind(): AgentFeatureConfig {
    return copyConfig(this.config);
  }
}
