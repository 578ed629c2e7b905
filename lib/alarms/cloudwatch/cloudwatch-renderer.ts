// SPDX-License-Identifier: Apache-2.0
import { Duration, Tags } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledge';
import { AlertDescription } from '../alert-description';
import { AlertRenderer, RenderedAlert } from '../alert-renderer';
import { AlertRuleOptions, checkAlertTags } from '../alert-rule-options';
import { AlertTarget } from '../alert-target';
import { CompositeAlert, CompositeDescription } from '../composite-alert';
import { ALARM_ACTION_FINDINGS, MISSING_DATA, OPERATORS, alarmText, evaluation } from './alarm-parts';
import { CloudWatchAlertOptions } from './cloudwatch-alert-options';
import { alarmGroups } from './composite-groups';
import { muteAlarms } from './mute-rules';
import { letAlarmsPublish } from './topic-access';

/** The period times the number of evaluated periods: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_WINDOW = Duration.days(1);

/** Actions of an alarm for each state, and targets of an EventBridge rule: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_ACTIONS = 5;

/** What an alarm has no place for. */
const DATADOG_OPTIONS = ['priority', 'warningThreshold', 'recoveryThreshold', 'renotifyInterval', 'escalationMessage'] as const;

/** Renders rules as CloudWatch alarms. */
export class CloudWatchRenderer implements AlertRenderer {
  public readonly name = 'CloudWatch';
  private readonly options: Required<CloudWatchAlertOptions>;

  constructor({ topics = [], actions = [], okActions = [], insufficientDataActions = [], tags = {} }: CloudWatchAlertOptions) {
    checkAlertTags('tags', tags);
    checkActions("'topics' and 'actions' together", topics.length + actions.length);
    checkActions("'okActions'", okActions.length);
    checkActions("'insufficientDataActions'", insufficientDataActions.length);
    this.options = {
      topics: [...topics], actions: [...actions], okActions: [...okActions], insufficientDataActions: [...insufficientDataActions], tags: { ...tags },
    };
  }

  public hasDataOf(description: AlertDescription): boolean {
    return description.cloudWatch !== undefined;
  }

  public objection({ cloudWatch, window }: AlertDescription, target: AlertTarget): string | undefined {
    if (!cloudWatch) {
      return 'it has no such metric';
    }
    const tooLong = window.duration.toSeconds() > MAX_WINDOW.toSeconds()
      ? `'${window.option}' must be at most ${MAX_WINDOW.toHumanString()}, got: ${window.duration.toHumanString()}`
      : undefined;
    return cloudWatch.objection(window, target) ?? tooLong;
  }

  public missingOptions(options: AlertRuleOptions): string[] {
    return DATADOG_OPTIONS.filter((name) => options[name] !== undefined);
  }

  public render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[] {
    const { period, evaluationPeriods } = evaluation(description.window);
    const topics = description.options.actionsEnabled === false ? [] : this.options.topics;
    letAlarmsPublish(scope, topics);
    const series = description.cloudWatch?.series({ scope, target, description, statistic: description.statistic, period, topics }) ?? [];
    const rendered = series.map(({ scope: parent, metric, subject, service, told }) => {
      const alarm = new cloudwatch.Alarm(parent, description.id, {
        alarmDescription: alarmText(`${description.title} in ${subject}: ${description.advice}.`, description.options),
        metric,
        threshold: description.threshold,
        comparisonOperator: OPERATORS[description.comparison],
        evaluationPeriods,
        treatMissingData: MISSING_DATA[description.missingData],
      });
      this.finish(alarm, description.options, told);
      return { alarm, service };
    });
    muteAlarms(scope, description.id, rendered.map(({ alarm }) => alarm), description.options.muteWindows ?? []);
    return rendered;
  }

  public renderComposite(scope: Construct, composite: CompositeDescription, operands: RenderedAlert[][]): CompositeAlert | undefined {
    const { id, title, advice, options, isAll } = composite;
    const groups = alarmGroups(scope, operands);
    if (!groups) {
      return undefined;
    }
    const topics = options.actionsEnabled === false ? [] : this.options.topics;
    letAlarmsPublish(scope, topics);
    const alarms = groups.map(({ scope: parent, subject, alarms: parts }) => {
      const states = parts.map((part) => cloudwatch.AlarmRule.fromAlarm(part, cloudwatch.AlarmState.ALARM));
      const alarm = new cloudwatch.CompositeAlarm(parent, id, {
        alarmDescription: alarmText(`${title}${subject}: ${advice}.`, options),
        alarmRule: isAll ? cloudwatch.AlarmRule.allOf(...states) : cloudwatch.AlarmRule.anyOf(...states),
      });
      this.finish(alarm, options);
      return alarm;
    });
    muteAlarms(scope, id, alarms, options.muteWindows ?? []);
    return { alarms };
  }

  /** Whom an alarm tells, except those who are told anyway, and its tags. */
  private finish(alarm: cloudwatch.AlarmBase, { actionsEnabled, severity, tags }: AlertRuleOptions, told: sns.ITopic[] = []): void {
    const { topics, actions, okActions, insufficientDataActions } = this.options;
    if (actionsEnabled !== false) {
      const untold = topics.filter((topic) => !told.includes(topic));
      alarm.addAlarmAction(...untold.map((topic) => new SnsAction(topic)), ...actions);
      alarm.addOkAction(...okActions);
      alarm.addInsufficientDataAction(...insufficientDataActions);
      if (told.length > 0 && untold.length + actions.length + okActions.length + insufficientDataActions.length === 0) {
        acknowledge(alarm, ALARM_ACTION_FINDINGS, 'The EventBridge rule that it counts tells the topics of each event, so the alarm would tell them twice');
      }
    }
    for (const [key, value] of Object.entries({ ...this.options.tags, ...(severity && { severity }), ...tags })) {
      Tags.of(alarm).add(key, value);
    }
  }
}

function checkActions(what: string, count: number): void {
  if (count > MAX_ACTIONS) {
    throw new Error(`${what} must be at most ${MAX_ACTIONS}, which is what an alarm has for a state, got: ${count}`);
  }
}
