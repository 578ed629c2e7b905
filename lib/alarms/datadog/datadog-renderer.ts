// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogBackend, DatadogMonitor, MonitorExpression } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertRenderer, RenderedAlert, childOnce } from '../alert-renderer';
import { AlertNotificationOptions, AlertRuleOptions } from '../alert-rule-options';
import { PRIORITY_OF } from '../alert-severity';
import { AlertTarget } from '../alert-target';
import { CompositeAlert, CompositeDescription } from '../composite-alert';
import { GroupedRule, groupsObjection } from './composite-groups';
import { DatadogAlertOptions, checkDatadogAlertOptions } from './datadog-alert-options';
import { monitorOptions, renotification } from './monitor-options';
import { muteMonitor } from './mute-downtimes';

/** Renders rules as monitors, one for each rule, with or without `services`: its groups have states of their own. */
export class DatadogRenderer implements AlertRenderer {
  public readonly name = 'Datadog';
  private readonly options: DatadogAlertOptions;

  constructor(options: DatadogAlertOptions) {
    checkDatadogAlertOptions(options);
    const { account, backend = DatadogBackend.customResource() } = options;
    // A missing application key is told here, where it would be given.
    backend._renderer.check({ kind: 'monitor', datadog: account, definition: {} });
    this.options = { ...options, notify: [...options.notify ?? []] };
  }

  public hasDataOf(description: AlertDescription): boolean {
    return description.datadog !== undefined;
  }

  public objection(description: AlertDescription, target: AlertTarget): string | undefined {
    return description.datadog ? description.datadog.objection(description, this.asKnown(target)) : 'it has no such data';
  }

  public missingOptions({ escalationMessage, renotifyInterval }: AlertRuleOptions): string[] {
    return escalationMessage !== undefined && !renotifyInterval && !this.options.renotifyInterval ? ['escalationMessage'] : [];
  }

  public render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[] {
    if (!description.datadog) {
      return [];
    }
    const query = description.datadog.monitor(description, this.asKnown(target));
    const { title, advice } = query.text ?? description;
    const sentence = `${title} in ${query.subject}`;
    const monitor = new DatadogMonitor(childOnce(scope, 'Datadog'), description.id, {
      datadog: this.options.account,
      backend: this.options.backend,
      name: sentence,
      type: query.type,
      query: query.query,
      ...this.notification(`${sentence}: ${advice}.`, description.options),
      options: monitorOptions(description, query, this.options),
    });
    muteMonitor(scope, description.id, monitor, description.options.muteWindows ?? [], this.options);
    return [{ monitor, groups: query.groups }];
  }

  public compositeObjection({ ruleIds }: CompositeDescription, operands: RenderedAlert[][]): string | undefined {
    const rules = operands.map((operand, index) => ({ id: ruleIds[index], groups: operand.find(({ monitor }) => monitor)?.groups }));
    // Where one of them has no monitor there is no composite monitor either.
    return rules.every((rule): rule is GroupedRule => rule.groups !== undefined) ? groupsObjection(rules) : undefined;
  }

  public renderComposite(scope: Construct, composite: CompositeDescription, operands: RenderedAlert[][]): CompositeAlert | undefined {
    const { id, title, advice, options, isAll } = composite;
    const monitors = operands.map((operand) => operand.find(({ monitor }) => monitor)?.monitor);
    if (!monitors.every((monitor) => monitor !== undefined)) {
      return undefined;
    }
    const [first, ...others] = monitors.map((monitor) => MonitorExpression.of(monitor));
    const monitor = DatadogMonitor.composite(childOnce(scope, 'Datadog'), id, {
      datadog: this.options.account,
      backend: this.options.backend,
      name: title,
      expression: isAll ? first.and(...others) : first.or(...others),
      ...this.notification(`${title}: ${advice}.`, options),
      options: { ...renotification(options, this.options), include_tags: true },
    });
    muteMonitor(scope, id, monitor, options.muteWindows ?? [], this.options);
    return { alarms: [], monitor };
  }

  private asKnown(target: AlertTarget): AlertTarget {
    return { ...target, clusterName: this.options.clusterName ?? target.clusterName };
  }

  /** What is written to people, and how important it is. */
  private notification(sentence: string, { runbookUrl, actionsEnabled, tags, severity, priority }: AlertNotificationOptions) {
    const { notify = [] } = this.options;
    const allTags = { ...this.options.tags, ...(severity && { severity }), ...tags };
    return {
      message: [
        sentence,
        ...(runbookUrl === undefined ? [] : [`Runbook: ${runbookUrl}`]),
        ...(actionsEnabled === false || notify.length === 0 ? [] : [notify.join(' ')]),
      ].join('\n\n'),
      tags: Object.entries(allTags).map(([key, value]) => `${key}:${value}`).sort(),
      priority: priority ?? (severity && PRIORITY_OF[severity]) ?? this.options.priority,
    };
  }
}
