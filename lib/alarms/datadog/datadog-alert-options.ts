// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { DatadogAccount, DatadogBackend } from '../../datadog';
import { checkAlertTags, checkPriority, checkRenotifyInterval } from '../alert-rule-options';

/** How Datadog watches, and whom it notifies. What a rule says itself comes first. */
export interface DatadogAlertOptions {
  /** The organization that the monitors are kept in. Its application key is needed. */
  readonly account: DatadogAccount;

  /**
   * Whom the monitors notify, as Datadog writes it: `@slack-ops`, `@pagerduty-Checkout`, `@team@example.com`.
   *
   * @see https://docs.datadoghq.com/monitors/notify/
   * @default - nobody; the monitors are seen in Datadog only
   */
  readonly notify?: string[];

  /**
   * How CloudFormation reaches Datadog.
   *
   * @default DatadogBackend.customResource()
   */
  readonly backend?: DatadogBackend;

  /**
   * The name of the cluster as Datadog has it, which is in lower case. Give it where the name is known at deployment only and may hold capitals, as a name that
   * CloudFormation chooses does: Datadog lowers it in the queries of metrics, but its searches of logs and events may tell capitals apart.
   *
   * @see https://docs.datadoghq.com/logs/explorer/search_syntax/
   * @default - the cluster's name
   */
  readonly clusterName?: string;

  /**
   * Tags of all monitors, such as `{ team: 'shop' }`.
   *
   * @default - none but those of the rules
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The priority of rules that have neither a priority nor a severity, 1 (highest) to 5.
   *
   * @default - none
   */
  readonly priority?: number;

  /**
   * Whether CloudWatch's metrics reach Datadog through a metric stream, in two or three minutes, instead of by polling. Monitors on them then wait 5 minutes
   * before they look, else 15. What the AWS integration counts through the API of ECS, such as running tasks, is always polled for.
   *
   * @see https://docs.datadoghq.com/monitors/guide/troubleshooting-no-data/
   * @default false
   */
  readonly metricStreams?: boolean;

  /**
   * Whether people are told when a rule cannot be judged for want of data. A rule whose silence is bad by itself always tells.
   *
   * @default false
   */
  readonly notifyNoData?: boolean;

  /**
   * Monitors notify again while nothing has changed for so long. Whole minutes.
   *
   * @default - once
   */
  readonly renotifyInterval?: Duration;

  /**
   * How often they notify again at most. It needs a `renotifyInterval`.
   *
   * @default - until it is fine
   */
  readonly renotifyOccurrences?: number;

  /**
   * In which states they notify again: `alert`, `warn`, `no data`. It needs a `renotifyInterval`.
   *
   * @default - Datadog's: `alert` and `no data`
   */
  readonly renotifyStatuses?: string[];

  /**
   * What is written when they notify again; it may name other people. It needs a `renotifyInterval`.
   *
   * @default - the first text again
   */
  readonly escalationMessage?: string;

  /**
   * The API's own `options` for each monitor, in addition; where both say something, this wins. `{ notify_audit: true }`. The thresholds are those of the query.
   *
   * @see https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
   * @default - none
   */
  readonly monitorOptions?: { readonly [name: string]: any };
}

/** https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const RENOTIFY_STATUSES = ['alert', 'warn', 'no data'];

/** Throws on what Datadog would refuse, or silently not do. */
export function checkDatadogAlertOptions(options: DatadogAlertOptions): void {
  for (const handle of options.notify ?? []) {
    if (!Token.isUnresolved(handle) && !/^@\S+$/.test(handle)) {
      throw new Error(`'notify' must hold handles such as '@slack-ops', without blanks, got: '${handle}'`);
    }
  }
  checkAlertTags('tags', options.tags);
  checkPriority(options.priority);
  checkRenotifyInterval(options.renotifyInterval);
  const needInterval = ['renotifyOccurrences', 'renotifyStatuses', 'escalationMessage'] as const;
  const alone = needInterval.find((name) => options[name] !== undefined);
  if (alone && !options.renotifyInterval) {
    throw new Error(`'${alone}' must come with a 'renotifyInterval', without which nobody is notified again, got: none`);
  }
  const strange = options.renotifyStatuses?.find((status) => !RENOTIFY_STATUSES.includes(status));
  if (strange !== undefined) {
    throw new Error(`'renotifyStatuses' must be of ${RENOTIFY_STATUSES.join(', ')}, got: '${strange}'`);
  }
  if (options.monitorOptions && 'thresholds' in options.monitorOptions) {
    throw new Error("'monitorOptions' must leave the thresholds to the rules, whose queries have the same numbers, got: 'thresholds'");
  }
}
