// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { AlertSeverity } from './alert-severity';
import { AlertMuteWindow, checkMuteWindows } from './mute-window';
import { checkTagValue, checkUnifiedTag } from '../private/tag-syntax';
import { checkUrl } from '../private/url-syntax';

/** How people are told, by a rule or a composite. An option that none of its backends has is an error; a backend that has it not does without. */
export interface AlertNotificationOptions {
  /**
   * How bad it is. It stands in the text of the alarm, and is the tag `severity` and the priority in Datadog.
   *
   * @default - not said
   */
  readonly severity?: AlertSeverity;

  /**
   * The priority of the Datadog monitor, 1 (highest) to 5. CloudWatch has none.
   *
   * @default - that of the `severity`, or else that of the backend
   */
  readonly priority?: number;

  /**
   * Where it is written what to do: a link that stands in the text of the alarm.
   *
   * @default - none
   */
  readonly runbookUrl?: string;

  /**
   * Tags of the alarm (CloudWatch) and of the monitor (Datadog), such as `{ team: 'shop' }`.
   *
   * @default - those of the backend
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Whether anybody is told. `false` for a rule that only stands in a composite, or on a dashboard.
   *
   * @default true
   */
  readonly actionsEnabled?: boolean;

  /**
   * Datadog notifies again while nothing has changed for so long. Whole minutes. CloudWatch notifies when something changes.
   *
   * @default - that of the backend
   */
  readonly renotifyInterval?: Duration;

  /**
   * What Datadog writes when it notifies again; it may name other people, such as `@pagerduty-second-line`. It needs a `renotifyInterval`, here or in the backend.
   *
   * @default - that of the backend, or the first text again
   */
  readonly escalationMessage?: string;

  /**
   * Times in which nobody is told: a mute rule in CloudWatch, a downtime in Datadog. An EventBridge rule cannot be muted, so a rule about events tells its topics
   * by the alarm only, and not of each event.
   *
   * @default - none
   */
  readonly muteWindows?: AlertMuteWindow[];
}

/** What every alert rule can be given. */
export interface AlertRuleOptions extends AlertNotificationOptions {
  /**
   * The rule's id: the construct id of its alarms, and the name that `EcsAlarms.alarm()` finds them by. Set it to use the same rule
   * twice, for example with a lower threshold that only writes to a chat room. Letters, digits, `-` and `_`, starting with a letter.
   *
   * @default - the name of the rule, such as `CpuUtilization`
   */
  readonly id?: string;

  /**
   * A threshold at which Datadog warns already, on the good side of the rule's own; a whole number where checks are counted. CloudWatch has one threshold: there use the rule
   * twice. What fires for anything at all, such as an event, has none.
   *
   * @default - no warning
   */
  readonly warningThreshold?: number;

  /**
   * Datadog's alert recovers only when the value has come back to this one, on the good side of the rule's own threshold, so that a value near the
   * threshold does not notify again and again. CloudWatch recovers at the threshold itself. Rules on service checks and what fires for anything at all have none.
   *
   * @default - the threshold itself
   */
  readonly recoveryThreshold?: number;
}

/** The part of a description that every rule has. */
export interface CommonDescription {
  readonly id: string;
  readonly options: AlertRuleOptions;
}

/** Ids that `EcsAlarms` itself uses beside those of the rules. */
const RESERVED_IDS = ['Services', 'StoppedTasks', 'Events', 'EventLog', 'Datadog', 'DeploymentAlarms', 'MuteRules'];

/** The common part, checked. */
export function common(defaultId: string, options: AlertRuleOptions): CommonDescription {
  const { id = defaultId, warningThreshold, recoveryThreshold } = options;
  checkId(id);
  return { id, options: { ...notificationOptions(options), warningThreshold, recoveryThreshold } };
}

/** What people are told, checked and copied. */
export function notificationOptions(options: AlertNotificationOptions): AlertNotificationOptions {
  const { severity, priority, runbookUrl, tags, actionsEnabled, renotifyInterval, escalationMessage, muteWindows } = options;
  checkPriority(priority);
  checkUrl('runbookUrl', runbookUrl);
  checkAlertTags('tags', tags);
  checkRenotifyInterval(renotifyInterval);
  checkMuteWindows(muteWindows);
  return {
    severity,
    priority,
    runbookUrl,
    tags: tags && { ...tags },
    actionsEnabled,
    renotifyInterval,
    escalationMessage,
    muteWindows: muteWindows && [...muteWindows],
  };
}

/** An id becomes a construct id. */
export function checkId(id: string): void {
  if (Token.isUnresolved(id) || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(id) || RESERVED_IDS.includes(id)) {
    throw new Error("'id' must be letters, digits, '-' and '_', starting with a letter, not a token and none of "
      + `${RESERVED_IDS.join(', ')}, got: '${id}'`);
  }
}

export function checkPriority(priority: number | undefined): void {
  if (priority !== undefined && !Token.isUnresolved(priority) && ![1, 2, 3, 4, 5].includes(priority)) {
    throw new Error(`'priority' must be a whole number from 1 to 5, got: ${priority}`);
  }
}

export function checkAlertTags(property: string, tags: { readonly [key: string]: string } = {}): void {
  for (const [key, value] of Object.entries(tags)) {
    checkUnifiedTag(`a key of ${property}`, key);
    checkTagValue(`${property}.${key}`, key, value);
  }
}

/** Datadog counts it in minutes: https://docs.datadoghq.com/api/latest/monitors/ */
export function checkRenotifyInterval(interval: Duration | undefined): void {
  if (interval && !interval.isUnresolved() && (interval.toSeconds() < 60 || interval.toSeconds() % 60 !== 0)) {
    throw new Error(`'renotifyInterval' must be a whole number of minutes, at least one, got: ${interval.toHumanString()}`);
  }
}
