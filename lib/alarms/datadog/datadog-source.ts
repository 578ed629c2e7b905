// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';

/**
 * How late a value reaches Datadog, which decides how long a monitor waits before it looks: `agent` (at once), `cloudWatch` (from CloudWatch, by polling or
 * by a metric stream), `crawler` (from AWS's APIs, always by polling).
 */
export type Lateness = 'agent' | 'cloudWatch' | 'crawler';

/** The start and the end of a monitor's sentence. */
export interface MonitorText {
  readonly title: string;
  readonly advice: string;
}

/** What a monitor watches. */
export interface MonitorQuery {
  readonly type: DatadogMonitorType;
  readonly query: string;
  /** What happened and what to look at, where Datadog's value means something else than what the rule says of CloudWatch's. */
  readonly text?: MonitorText;
  /** Whose value it is, as part of a sentence: with Datadog's template variables where the monitor has several groups. */
  readonly subject: string;
  /**
   * What each of its groups is of, by what the tags mean: a composite compares the values of groups, not the names of their tags. Empty: it has one state.
   *
   * @see https://docs.datadoghq.com/monitors/types/composite/#common-reporting-sources
   */
  readonly groups: readonly string[];
  readonly lateness: Lateness;
  /** Whether the API's options have `on_missing_data` for this type; a metric monitor has `notify_no_data`. */
  readonly missingDataOption: 'on_missing_data' | 'notify_no_data';
  /** Whether the thresholds are the negative of what the rule says: a drop by 2 is a change of -2. */
  readonly isNegated?: boolean;
  /** Thresholds of the type's own, beside `critical`. */
  readonly thresholds?: { readonly [name: string]: number };
  /** Options of the type's own. */
  readonly options?: { readonly [name: string]: any };
}

/** Where Datadog finds the value of a rule. */
export interface DatadogSource {
  /** Why this cannot be watched on this target, if so. Asked before anything is made. */
  objection(description: AlertDescription, target: AlertTarget): string | undefined;
  monitor(description: AlertDescription, target: AlertTarget): MonitorQuery;
}

/** The AWS integration asks ECS every ten minutes: https://docs.datadoghq.com/integrations/guide/cloud-metric-delay/ */
export const CRAWLED_EVERY_MINUTES = 10;

/** In so many minutes there are two points at least, so that one alone is never taken for a condition that lasts; the rest is for a point that is a little late. */
const MIN_CRAWLED_MINUTES = 2 * CRAWLED_EVERY_MINUTES + 5;

/** How far back a monitor looks. The first point of what is asked for every ten minutes comes up to ten minutes into the window, so the window is longer by that. */
export function windowMinutes({ window }: AlertDescription, lateness: Lateness): number {
  const minutes = window.duration.toMinutes();
  return lateness === 'crawler' ? Math.max(minutes + CRAWLED_EVERY_MINUTES, MIN_CRAWLED_MINUTES) : minutes;
}
