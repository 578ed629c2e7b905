// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { checkText } from '../check-fields';
import { ApiJson } from '../resource-description';

/** When a downtime is that is there once. */
export interface DatadogOneTimeScheduleOptions {
  /**
   * When it begins.
   *
   * @default - when it is made
   */
  readonly start?: Date;

  /**
   * When it ends.
   *
   * @default - never
   */
  readonly end?: Date;
}

/** One way in which a downtime comes again. */
export interface DatadogDowntimeRecurrence {
  /**
   * When it comes, as a recurrence rule of iCalendar without start and end: `FREQ=WEEKLY;BYDAY=SA,SU`.
   *
   * @see https://docs.datadoghq.com/monitors/guide/suppress-alert-with-downtimes/
   */
  readonly rrule: string;

  /** How long it is then, in whole minutes. */
  readonly duration: Duration;

  /**
   * When it comes first, in the schedule's time zone and so without an offset: `2027-01-02T22:00:00`.
   *
   * @default - when it is made
   */
  readonly start?: string;
}

/** When a downtime is that comes again. */
export interface DatadogRecurringScheduleOptions {
  /** One to five ways in which it comes again. */
  readonly recurrences: DatadogDowntimeRecurrence[];

  /**
   * The time zone of the recurrences, a name of the IANA database such as `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timezone?: string;
}

/**
 * When a downtime is.
 *
 * @see https://docs.datadoghq.com/api/latest/downtimes/#schedule-a-downtime
 */
export class DatadogDowntimeSchedule {
  /** Once. */
  public static oneTime(options: DatadogOneTimeScheduleOptions): DatadogDowntimeSchedule {
    const { start, end } = options;
    if (start && end && end <= start) {
      throw new Error(`'end' must be after 'start' (${start.toISOString()}), got: ${end.toISOString()}`);
    }
    return new DatadogDowntimeSchedule({ start: instant(start), end: instant(end) });
  }

  /** Again and again. */
  public static recurring(options: DatadogRecurringScheduleOptions): DatadogDowntimeSchedule {
    const { recurrences, timezone } = options;
    if (recurrences.length === 0 || recurrences.length > MAX_RECURRENCES) {
      throw new Error(`'recurrences' must hold 1 to ${MAX_RECURRENCES} entries, got: ${recurrences.length}`);
    }
    return new DatadogDowntimeSchedule({ recurrences: recurrences.map(recurrence), timezone });
  }

  /** @internal */
  public readonly _fields: ApiJson;

  private constructor(fields: ApiJson) {
    this._fields = fields;
  }
}

/** https://docs.datadoghq.com/api/latest/downtimes/#schedule-a-downtime */
const MAX_RECURRENCES = 5;

function instant(date: Date | undefined): string | undefined {
  return date?.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function recurrence({ rrule, duration, start }: DatadogDowntimeRecurrence, index: number): ApiJson {
  const property = `recurrences[${index}]`;
  checkText(`${property}.rrule`, rrule);
  const duplicate = /\b(DTSTART|DTEND|DURATION)\b/i.exec(rrule)?.[1];
  if (duplicate) {
    throw new Error(`'${property}.rrule' must not hold ${duplicate.toUpperCase()}, which 'start' and 'duration' say, got: '${rrule}'`);
  }
  if (start !== undefined && !Token.isUnresolved(start) && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(start)) {
    throw new Error(`'${property}.start' must be a time without an offset such as '2027-01-02T22:00:00', got: '${start}'`);
  }
  const minutes = duration.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 1) {
    throw new Error(`'${property}.duration' must be in whole minutes, at least one, got: ${duration.toHumanString()}`);
  }
  return { rrule, duration: `${minutes}m`, start };
}
