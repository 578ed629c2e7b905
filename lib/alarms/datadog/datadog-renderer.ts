// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogBackend, DatadogMonitor } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertRenderer, RenderedAlert, childOnce } from '../alert-renderer';
import { PRIORITY_OF } from '../alert-severity';
import { AlertTarget } from '../alert-target';
import { DatadogAlertOptions, checkDatadogAlertOptions } from './datadog-alert-options';
import { monitorOptions } from './monitor-options';
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

  public objection(description: AlertDescription, target: AlertTarget): string | undefined {
    return description.datadog ? description.datadog.objection(description, target) : 'it has no such data';
  }

  public missingOptions({ options: { escalationMessage, renotifyInterval } }: AlertDescription): string[] {
    return escalationMessage !== undefined && !renotifyInterval && !this.options.renotifyInterval ? ['escalationMessage'] : [];
  }

  public render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[] {
    if (!description.datadog) {
      return [];
    }
    const query = description.datadog.monitor(description, target);
    const sentence = `${description.title} in ${query.subject}`;
    const monitor = new DatadogMonitor(childOnce(scope, 'Datadog'), description.id, {
      datadog: this.options.account,
      backend: this.options.backend,
      name: sentence,
      type: query.type,
      query: query.query,
      message: this.message(`${sentence}: ${description.advice}.`, description),
      tags: this.tags(description),
      priority: this.priority(description),
      options: monitorOptions(description, query, this.options),
    });
    muteMonitor(scope, description.id, monitor, description.options.muteWindows ?? [], this.options);
    return [{ monitor }];
  }

  private message(sentence: string, { options: { runbookUrl, actionsEnabled } }: AlertDescription): string {
    return [
      sentence,
      ...(runbookUrl === undefined ? [] : [`Runbook: ${runbookUrl}`]),
      ...(actionsEnabled === false || !this.options.notify?.length ? [] : [this.options.notify.join(' ')]),
    ].join('\n\n');
  }

  private tags({ options: { tags, severity } }: AlertDescription): string[] {
    const all = { ...this.options.tags, ...(severity && { severity }), ...tags };
    return Object.entries(all).map(([key, value]) => `${key}:${value}`).sort();
  }

  private priority({ options: { priority, severity } }: AlertDescription): number | undefined {
    return priority ?? (severity && PRIORITY_OF[severity]) ?? this.options.priority;
  }
}
