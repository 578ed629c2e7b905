// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions, common } from '../alert-rule-options';
import { total } from './rule';
import { EcsEventKind } from '../cloudwatch/ecs-events';
import { EventField, EventSource } from '../cloudwatch/event-source';
import { DatadogSource } from '../datadog/datadog-source';

/** When a rule about events of ECS fires. */
export interface EcsEventAlertOptions extends AlertRuleOptions {
  /**
   * How long the alarm or monitor stays on after such an event. A whole number of minutes, at most one day. Topics are told of each event at once.
   *
   * @default Duration.minutes(5)
   */
  readonly within?: Duration;
}

/** What one of them says. */
interface EventRuleText {
  /** What happened: the start of a sentence. */
  readonly title: string;
  readonly advice: string;
  readonly kind: EcsEventKind;
  /** Which events of that kind. */
  readonly detail: { readonly [field: string]: any };
  readonly fields: readonly EventField[];
  /** Absent: what the AWS integration collects does not tell. */
  readonly datadog?: DatadogSource;
}

/** Where a task's event has what people ask first. */
export const TASK_FIELDS: readonly EventField[] = [
  { label: 'Group', path: '$.detail.group' },
  { label: 'Task', path: '$.detail.taskArn' },
  { label: 'Stop code', path: '$.detail.stopCode' },
  { label: 'Reason', path: '$.detail.stoppedReason' },
];

/** Of a service's event: only `resources` names the service in every one of them. */
export const SERVICE_FIELDS: readonly EventField[] = [
  { label: 'Service', path: '$.resources[0]' },
  { label: 'Event', path: '$.detail.eventName' },
  { label: 'Reason', path: '$.detail.reason' },
];

/** One event of ECS is enough. */
export function eventRule(defaultId: string, options: EcsEventAlertOptions, text: EventRuleText): AlertDescription {
  const { title, advice, kind, detail, fields, datadog } = text;
  return {
    ...common(defaultId, options),
    title,
    advice,
    statistic: 'sum',
    comparison: '>',
    threshold: 0,
    window: total('within', options.within ?? Duration.minutes(5)),
    // Nothing is counted while nothing happens.
    missingData: 'fine',
    cloudWatch: new EventSource({ kind, detail, fields }),
    datadog,
  };
}
