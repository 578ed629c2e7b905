// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AutodiscoveryLabels } from './autodiscovery-labels';
import { AutodiscoveryVariable } from './autodiscovery-variable';
import { Integration } from './integration';
import { LogProcessingRule, renderLogProcessingRule } from './log-processing-rule';
import { plainSecretsIn } from './plain-secrets';
import { checkServiceTags, listTags } from '../../datadog/service-tags';
import { checkUnifiedTag } from '../../private/tag-syntax';

/** Options for `Autodiscovery.of`. */
export interface AutodiscoveryOptions {
  /**
   * Whether checks are also written in the older format of three parallel labels, which Agents before 7.36 need.
   *
   * @default false
   */
  readonly legacyLabels?: boolean;
}

/** A check that the Agent runs against a container. */
export interface AutodiscoveryCheck {
  /** What the check looks at, in the integration's own form; template variables (`AutodiscoveryVariable`) are filled in by the Agent. */
  readonly instances: { [key: string]: any }[];

  /**
   * Settings shared by all instances: `init_config`.
   *
   * @default - none
   */
  readonly initConfig?: { [key: string]: any };
}

/** How the Agent collects a container's logs. */
export interface AutodiscoveryLogs {
  /** The technology that writes the logs, for example `nginx`. It selects the pipeline that parses them. */
  readonly source: string;

  /**
   * The name of the service.
   *
   * @default - the container's unified service tag
   */
  readonly service?: string;

  /**
   * Additional tags for the logs.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Rules that are applied to lines before they are sent, in this order.
   *
   * @default - none
   */
  readonly processingRules?: LogProcessingRule[];
}

/**
 * Docker labels that tell the Agent how to monitor a container.
 *
 * @see https://docs.datadoghq.com/containers/docker/integrations/
 */
export class Autodiscovery {
  /** Autodiscovery for one container, on EC2 or Fargate. Repeated calls for one container add to the same labels. */
  public static of(container: ecs.ContainerDefinition, options: AutodiscoveryOptions = {}): Autodiscovery {
    return new Autodiscovery(container, options);
  }

  private constructor(private readonly container: ecs.ContainerDefinition, private readonly options: AutodiscoveryOptions) {}

  /**
   * Runs a check of an Agent integration against the container. Passwords and other credentials do not belong into it, since the template shows them:
   * `AutodiscoveryVariable.env` names one of the Agent's `secrets` instead. One in plain text is a warning.
   *
   * @param name the name of the integration, for example `redisdb`
   * @throws if there are no instances, or if the container already has this check or such a label of its own
   */
  public addCheck(name: string, check: AutodiscoveryCheck): void {
    if (check.instances.length === 0) {
      throw new Error(`'instances' must hold at least one instance for the check '${name}', got: none`);
    }
    const legacy = this.options.legacyLabels ?? false;
    const labels = AutodiscoveryLabels.of(this.container, 'checks', ...(legacy ? ['checkNames', 'initConfigs', 'instances'] as const : []));
    if (labels.hasCheck(name)) {
      throw new Error(`'name' must be a check that the container does not have yet, got: '${name}'`);
    }
    labels.addCheck(name, { init_config: { ...check.initConfig }, instances: check.instances.map((instance) => ({ ...instance })) }, legacy);
    this.warnOfVariables(name, check);
    this.warnOfPlainSecrets(name, check);
  }

  /**
   * Runs one of the Agent's well-known integrations against the container.
   *
   * @throws if the container has this check already or such a label of its own
   */
  public addIntegration(integration: Integration): void {
    this.addCheck(integration.checkName, { instances: [integration._instance] });
  }

  /**
   * Configures how the Agent collects the container's logs. Only Agents with log collection read this, so it has no effect on Fargate.
   *
   * @throws if the source or a tag is invalid, if a masking rule lacks its placeholder, or if the container has such a label of its own
   */
  public addLogs(logs: AutodiscoveryLogs): void {
    checkUnifiedTag('source', logs.source);
    checkServiceTags({ service: logs.service, tags: logs.tags });
    const processingRules = logs.processingRules?.map(renderLogProcessingRule);
    AutodiscoveryLabels.of(this.container, 'logs').addLogs({
      source: logs.source,
      ...(logs.service === undefined ? {} : { service: logs.service }),
      ...(logs.tags === undefined ? {} : { tags: listTags(logs.tags) }),
      ...(processingRules === undefined ? {} : { log_processing_rules: processingRules }),
    });
    this.warnOfUnreadLogs();
  }

  /**
   * Adds tags to everything that the Agent collects from the container.
   *
   * @throws if a tag is invalid, or if the container has such a label of its own
   */
  public addTags(tags: { readonly [key: string]: string }): void {
    checkServiceTags({ tags });
    AutodiscoveryLabels.of(this.container, 'tags').addTags(listTags(tags));
  }

  /** On Fargate the Agent tails no containers, https://docs.datadoghq.com/integrations/ecs_fargate/#log-collection. */
  private warnOfUnreadLogs(): void {
    const { taskDefinition } = this.container;
    if (taskDefinition.isFargateCompatible && !taskDefinition.isEc2Compatible) {
      Annotations.of(this.container).addWarningV2('cdk-ecs-datadog:logLabelOnFargate',
        'the label for logs has no reader on Fargate: say source and service where the logs leave, on the LogForwarder or the log driver');
    }
  }

  /** A label is readable by everybody who may describe the task definition. */
  private warnOfPlainSecrets(name: string, { instances, initConfig = {} }: AutodiscoveryCheck): void {
    const names = new Set([...instances, initConfig].flatMap(plainSecretsIn));
    for (const setting of names) {
      Annotations.of(this.container).addWarningV2(`cdk-ecs-datadog:plainSecretInLabel:${name}.${setting}`,
        `check '${name}': the value of '${setting}' stands in the template and in the container's label, where many may read it: keep it in a secret, inject it `
        + "into the Agent with secrets: { NAME: ecs.Secret.fromSecretsManager(…) }, and write AutodiscoveryVariable.env('NAME')");
    }
  }

  /** On Fargate the Agent sees neither ports, nor process ids, nor host names, https://docs.datadoghq.com/containers/guide/template_variables/. */
  private warnOfVariables(name: string, check: AutodiscoveryCheck): void {
    if (!this.container.taskDefinition.isFargateCompatible) {
      return;
    }
    const text = JSON.stringify(check.instances);
    if (text.includes('%%port')) {
      Annotations.of(this.container).addWarningV2('cdk-ecs-datadog:portVariableOnFargate',
        `check '${name}': %%port%% has no value on Fargate, write the port`);
    }
    for (const variable of [AutodiscoveryVariable.PID, AutodiscoveryVariable.HOSTNAME].filter((other) => text.includes(other))) {
      Annotations.of(this.container).addWarningV2(`cdk-ecs-datadog:variableOnFargate:${variable}`,
        `check '${name}': ${variable} has no value on Fargate${variable === AutodiscoveryVariable.PID ? '' : `, use ${AutodiscoveryVariable.HOST}`}`);
    }
  }
}
