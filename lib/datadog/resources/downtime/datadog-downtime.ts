// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogDowntimeProps } from './datadog-downtime-props';
import { downtimeDefinition } from './downtime-definition';
import { exportedDowntimeProps } from './exported-downtime';
import { checkAdoptId } from '../check-fields';
import { DatadogBackend } from '../datadog-backend';
import { DatadogExportProps } from '../datadog-export-props';

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
   * @throws if the account has no application key, unless exactly one of `monitor` and `monitorTags` is given, and if the backend cannot express
   *   something
   */
  constructor(scope: Construct, id: string, props: DatadogDowntimeProps) {
    const { datadog, backend = DatadogBackend.customResource(), adoptId, removalPolicy } = props;
    checkAdoptId(adoptId, DOWNTIME_ID, '00000000-0000-1234-0000-000000000000');
    const description = { kind: 'downtime', datadog, definition: downtimeDefinition(props), adoptId, removalPolicy } as const;
    backend._renderer.check(description);
    super(scope, id);
    this.downtimeId = backend._renderer.render(this, description).id;
  }
}

const DOWNTIME_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
