// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { DatadogMonitor } from '../datadog';
import { AlertBackend } from './alert-backend';
import { RenderedAlert } from './alert-renderer';
import { AlertRule } from './alert-rule';
import { AlertTarget, watchedServices } from './alert-target';
import { deploymentAlarms, deploymentObjection, slowForDeployments } from './cloudwatch/deployment-alarms';
import { checkLimits } from './cloudwatch/metrics-insights-limits';
import { CompositeAlert, CompositeAlertOptions, describeComposite } from './composite-alert';
import { requireContainerInsights } from './container-insights';
import { checkComposite, checkOptions, validateExpressible, validateLists, validateWatched } from './ecs-alarms-validation';
import { warnOfSilence } from './silent-alarms';
import { warnOfUnwatched } from './unwatched-rules';

/** What to watch, when to page, and who does it. */
export interface EcsAlarmsProps {
  /** The cluster, in the account and region of the alarms. */
  readonly cluster: ecs.IClusterRef;

  /**
   * Services of the cluster that get an alarm of their own for each rule about services. Duplicates and order do not matter.
   *
   * @default - one alarm per rule for the whole cluster, whatever services it has or will have
   */
  readonly services?: ecs.IService[];

  /**
   * When somebody is paged. To use a rule twice, give one of them an `id`. An empty list makes no alarms.
   *
   * @default AlertRule.recommended()
   */
  readonly rules?: AlertRule[];

  /**
   * Who watches the rules, and whom they notify.
   *
   * @default - CloudWatch alarms that notify nobody, and a warning that says so
   */
  readonly backends?: AlertBackend[];

  /**
   * Whether the cluster has Container Insights, for clusters that do not say so themselves: imported ones, or those that leave it to the account's
   * default. The cluster's own settings come first.
   *
   * @default - unknown; a warning names each rule that would stay silent without it
   */
  readonly containerInsights?: boolean;
}

/**
 * The alarms and monitors of an ECS cluster, from rules: each rule is described once, and rendered by each backend that can express it.
 *
 * For a whole cluster there are as many for 100 services as for one: each service is a contributor of the CloudWatch alarm and a group of the Datadog monitor, services that
 * come later too. Managed daemons count as services, since ECS reports them as such (`daemon:<name>`).
 *
 * @example
 * declare const cluster: ecs.ICluster;
 * declare const service: ecs.FargateService;
 * declare const onCall: sns.ITopic;
 * declare const datadog: DatadogAccount;
 *
 * const alarms = new EcsAlarms(this, 'Alarms', {
 *   cluster,
 *   rules: [
 *     AlertRule.runningTasks({ severity: AlertSeverity.CRITICAL, runbookUrl: 'https://wiki.example/no-tasks' }),
 *     AlertRule.cpuUtilization({ actionsEnabled: false }),
 *     AlertRule.memoryUtilization({ actionsEnabled: false }),
 *   ],
 *   backends: [AlertBackend.cloudWatch({ topics: [onCall] }), AlertBackend.datadog({ account: datadog, notify: ['@slack-ops'] })],
 * });
 *
 * // Against noise: only both together tell people.
 * alarms.addComposite('Overloaded', { title: 'The cluster is overloaded', allOf: ['CpuUtilization', 'MemoryUtilization'] });
 *
 * // A deployment of the service that sets these off is rolled back.
 * service.enableDeploymentAlarms(alarms.deploymentAlarmsFor(service, ['RunningTasks', 'CpuUtilization']));
 */
export class EcsAlarms extends Construct {
  /** All CloudWatch alarms that were made, in the order of the rules. */
  public readonly alarms: cloudwatch.Alarm[];

  /** All Datadog monitors that were made, in the order of the rules. */
  public readonly monitors: DatadogMonitor[];

  private readonly rendered = new Map<string, RenderedAlert[]>();
  private readonly rules: AlertRule[];
  private readonly backends: AlertBackend[];
  private readonly cluster: ecs.IClusterRef;
  private readonly target: AlertTarget;

  /**
   * @throws if a rule is listed twice or no backend can express it, if a service is not on the cluster, or if the cluster or a service belongs to
   *   another account or region
   */
  constructor(scope: Construct, id: string, props: EcsAlarmsProps) {
    const rules = props.rules ?? AlertRule.recommended();
    const backends = props.backends ?? [AlertBackend.cloudWatch()];
    validateLists(rules, backends, props.services);
    validateWatched(scope, props.cluster, props.services ?? []);
    const target = alertTarget(scope, props);
    validateExpressible(rules, backends, target);
    super(scope, id);
    this.rules = [...rules];
    this.backends = [...backends];
    this.cluster = props.cluster;
    this.target = target;

    for (const rule of rules) {
      const able = backends.filter((backend) => backend._renderer.objection(rule._description, target) === undefined);
      warnOfUnwatched(this, rule, backends, target);
      this.rendered.set(rule.id, able.flatMap((backend) => backend._renderer.render(this, rule._description, target)));
    }
    const all = [...this.rendered.values()].flat();
    this.alarms = all.flatMap(({ alarm }) => alarm ?? []);
    this.monitors = all.flatMap(({ monitor }) => monitor ?? []);

    const inCloudWatch = rules.filter(({ id: ruleId }) => this.rendered.get(ruleId)?.some(({ alarm }) => alarm));
    requireContainerInsights(this, props.cluster, props.containerInsights, inCloudWatch);
    checkLimits(this, props.cluster, inCloudWatch.length > 0 && !props.services);
    if (!props.backends && rules.length > 0) {
      warnOfSilence(this);
    }
  }

  /**
   * The CloudWatch alarm of a rule.
   *
   * @param ruleId such as `CpuUtilization`: the `id` of the rule
   * @param service the service whose alarm is meant, where the rule has one for each of the `services`
   * @throws if there is no such alarm
   */
  public alarm(ruleId: string, service?: ecs.IService): cloudwatch.Alarm {
    const candidates = this.renderedBy(ruleId).filter(({ alarm }) => alarm);
    const found = candidates.find((candidate) => candidate.service?.construct === service)?.alarm;
    if (!found) {
      const expected = candidates.map((candidate) => candidate.service?.construct.node.path ?? 'no service').join(', ') || 'a rule with a CloudWatch alarm';
      throw new Error(`'service' of rule '${ruleId}' must be one of ${expected}, got: ${service?.node.path ?? 'no service'}`);
    }
    return found;
  }

  /**
   * The Datadog monitor of a rule. There is one, with or without `services`.
   *
   * @param ruleId such as `CpuUtilization`: the `id` of the rule
   * @throws if there is no such monitor
   */
  public monitor(ruleId: string): DatadogMonitor {
    const found = this.renderedBy(ruleId).find(({ monitor }) => monitor)?.monitor;
    if (!found) {
      throw new Error(`'ruleId' must be a rule with a Datadog monitor, got: '${ruleId}', which no backend of Datadog renders`);
    }
    return found;
  }

  /**
   * An alert that several rules make together, against noise: give the rules `actionsEnabled: false`, and only the composite tells people.
   *
   * In CloudWatch it is one alarm, or one for each of the `services` where a rule has an alarm for each. An alarm for a whole cluster alerts as soon as one service does, so
   * `allOf` of two such alarms may mean two services: give `services`, or use Datadog, where a composite is judged for each group that its monitors have in common.
   *
   * In Datadog the groups of each two rules must be the same, or those of one be among those of the other, for `allOf` and `anyOf`: `CpuUtilization` (service, cluster) goes with
   * `MemoryUtilization` and with `CpuReservation` (cluster), not with `LogErrors` (task family). Rules without groups, such as those of a forwarder, go with any.
   *
   * @param id the construct id of what is made; not that of a rule
   * @see https://docs.datadoghq.com/monitors/types/composite/#common-reporting-sources
   * @throws if a rule is not one of these, no backend renders all of them, or Datadog cannot match their groups
   */
  public addComposite(id: string, options: CompositeAlertOptions): CompositeAlert {
    const composite = describeComposite(id, options);
    const operands = composite.ruleIds.map((ruleId) => this.renderedBy(ruleId));
    if (this.rendered.has(id)) {
      throw new Error(`'id' must not be that of a rule, got: '${id}'`);
    }
    const renderers = this.backends.map(({ _renderer }) => _renderer);
    checkOptions(`composite '${id}'`, composite.options, renderers);
    checkComposite(composite, operands, renderers);
    const made = renderers.flatMap((renderer) => renderer.renderComposite(this, composite, operands) ?? []);
    if (made.length === 0) {
      throw new Error(`the rules of composite '${id}' must be rendered by one backend, got: ${composite.ruleIds.join(', ')}, which no single one of `
        + `${renderers.map(({ name }) => name).join(', ')} renders`);
    }
    return { alarms: made.flatMap(({ alarms }) => alarms), monitor: made.find(({ monitor }) => monitor)?.monitor };
  }

  /**
   * Makes CloudWatch alarms of one service alone, for its deployments, and returns their names. Pass them to the service in one call, since the CDK keeps the names of
   * the first call only: `service.enableDeploymentAlarms(alarms.deploymentAlarmsFor(service))`.
   *
   * Alarms for a whole cluster are not for deployments: one service would roll back another. So these are alarms of their own, which tell nobody, in addition to those of the
   * rules, with physical names that begin with the name of the stack: alarm and service would otherwise need each other first. ECS goes on watching after a deployment for as
   * long as the longest of them looks back, so choose rules with short windows; and one that totals up what happened before a deployment would stop it for that.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
   * @param service a service of the cluster, whether or not it is one of the `services`
   * @param ruleIds ids of rules that decide over deployments; without them, all that have an alarm of one service alone, on a condition that lasts (such as `CpuUtilization`,
   *   and no total such as `ContainerRestarts`) for 15 minutes at most
   * @throws if a rule has no alarm of one service alone, or without `ruleIds` if there is none to take
   */
  public deploymentAlarmsFor(service: ecs.IService, ruleIds?: string[]): string[] {
    validateWatched(this, this.cluster, [service]);
    const [watched] = watchedServices(this, [service]);
    const target = { ...this.target, services: [watched] };
    const asked = ruleIds ?? this.rules.map(({ id }) => id);
    const rules = asked.map((ruleId) => this.rules.find(({ id }) => id === this.knownRule(ruleId))!);
    const objection = ({ _description }: AlertRule) => (
      deploymentObjection(_description, target) ?? (ruleIds ? undefined : slowForDeployments(_description)));
    const able = rules.filter((rule) => objection(rule) === undefined);
    if (able.length === 0 || (ruleIds && able.length < rules.length)) {
      const reasons = rules.filter((rule) => !able.includes(rule)).map((rule) => `${rule.id}: ${objection(rule)}`);
      throw new Error(`'ruleIds' must be rules with an alarm of one service alone, got: ${reasons.join('; ') || 'none'}`);
    }
    return deploymentAlarms(this, able, target, watched);
  }

  private renderedBy(ruleId: string): RenderedAlert[] {
    return this.rendered.get(this.knownRule(ruleId))!;
  }

  private knownRule(ruleId: string): string {
    if (!this.rendered.has(ruleId)) {
      throw new Error(`'ruleId' must be one of ${[...this.rendered.keys()].join(', ')}, got: '${ruleId}'`);
    }
    return ruleId;
  }
}

function alertTarget(scope: Construct, { cluster, services }: EcsAlarmsProps): AlertTarget {
  const { clusterName, clusterArn } = cluster.clusterRef;
  const { region, account } = Stack.of(scope);
  return { clusterName, clusterArn, region, account, services: services && watchedServices(scope, services) };
}
