// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogDowntimeProps } from './datadog-downtime-props';
import { downtimeDefinition } from './downtime-definition';
import { exportedDowntimeProps } from './exported-downtime';
import { DatadogExportProps } from '../datadog-export-props';
import { checkSites } from '../monitor/check-sites';
import { PreparedResource } from '../prepared-resource';

/**
 * A downtime in Datadog: monitors keep running and notify nobody.
 *
 * @see https://docs.datadoghq.com/monitors/downtimes/
 * @example
 * new DatadogDowntime(this, 'Weekend', {
 *   datadog,
 *   monitorTags: ['env:staging'],
 *   schedule: DatadogDowntimeSchedule.recurring({
 *     recurrences: [{ rrule: 'FREQ=WEEKLY;BYDAY=SA', start: '2027-01-02T00:00:00', duration: Duration.days(2) }],
 *     timezone: 'Europe/Berlin',
 *   }),
 * });
 */
export class DatadogDowntime extends Construct {
  /**
   * A downtime as it was exported from Datadog, whole.
   *
   * @throws as the constructor does
   */
  public static fromJson(scope: Construct, id: string, props: DatadogExportProps): DatadogDowntime {
    return new DatadogDowntime(scope, id, exportedDowntimeProps(props));
  }

  /** The downtime's id. */
  public readonly downtimeId: string;

  /**
   * @throws if the account has no application key, unless exactly one of `monitor` and `monitorTags` is given, if the monitor is on another site, and
   *   if the backend cannot express something
   */
  constructor(scope: Construct, id: string, props: DatadogDowntimeProps) {
    checkSites('monitor', props, props.monitor ? [props.monitor] : []);
    const resource = new PreparedResource('downtime', scope, props, downtimeDefinition(props));
    super(scope, id);
    this.downtimeId = resource.renderIn(this).id;
  }
}
