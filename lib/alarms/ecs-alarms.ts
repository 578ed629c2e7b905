// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { AlertBackend } from './alert-backend';
import { RenderedAlert } from './alert-renderer';
import { AlertRule } from './alert-rule';
import { AlertTarget, watchedServices } from './alert-target';
import { requireContainerInsights } from './container-insights';
import { validateExpressible, validateLists, validateWatched } from './ecs-alarms-validation';

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
 * The alarms of an ECS cluster, from rules.
 *
 * For a whole cluster there are as many alarms for 100 services as for one: each service is a contributor of the alarm, services that come later too.
 * Managed daemons count as services, since ECS reports them as such (`daemon:<name>`).
 *
 * @example
 * declare const cluster: ecs.ICluster;
 * declare const onCall: sns.ITopic;
 *
 * new EcsAlarms(this, 'Alarms', {
 *   cluster,
 *   rules: [AlertRule.runningTasks(), AlertRule.logErrors({ moreThan: 500, within: Duration.minutes(5) })],
 *   backends: [AlertBackend.cloudWatch({ topics: [onCall] })],
 * });
 */
export class EcsAlarms extends Construct {
  /** All CloudWatch alarms that were made, in the order of the rules. */
  public readonly alarms: cloudwatch.Alarm[];

  private readonly rendered = new Map<string, RenderedAlert[]>();

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

    for (const rule of rules) {
      const able = backends.filter((backend) => backend._renderer.objection(rule._description, target) === undefined);
      this.rendered.set(rule.id, able.flatMap((backend) => backend._renderer.render(this, rule._description, target)));
    }
    this.alarms = [...this.rendered.values()].flat().map(({ alarm }) => alarm);

    const insightsRules = rules.filter((rule) => rule._description.cloudWatch?.needsContainerInsights);
    requireContainerInsights(this, props.cluster, props.containerInsights, insightsRules.map((rule) => rule.id));
    if (!props.backends && rules.length > 0) {
      Annotations.of(this).addWarningV2('cdk-ecs-datadog:alarmsWithoutActions',
        "these alarms notify nobody: set 'backends' ('alertBackends' of a MonitoredCluster), for example [AlertBackend.cloudWatch({ topics: [onCall] })]");
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
    const candidates = this.rendered.get(ruleId);
    if (!candidates) {
      throw new Error(`'ruleId' must be one of ${[...this.rendered.keys()].join(', ')}, got: '${ruleId}'`);
    }
    const found = candidates.find((candidate) => candidate.service?.construct === service);
    if (!found) {
      const expected = candidates.map((candidate) => candidate.service?.construct.node.path ?? 'no service').join(', ');
      throw new Error(`'service' of rule '${ruleId}' must be one of ${expected}, got: ${service?.node.path ?? 'no service'}`);
    }
    return found.alarm;
  }
}

function alertTarget(scope: Construct, { cluster, services }: EcsAlarmsProps): AlertTarget {
  const { clusterName, clusterArn } = cluster.clusterRef;
  return { clusterName, clusterArn, services: services && watchedServices(scope, services) };
}
