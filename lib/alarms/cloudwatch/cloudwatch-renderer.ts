// SPDX-License-Identifier: Apache-2.0
import { Duration, Tags } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRenderer, RenderedAlert } from '../alert-renderer';
import { AlertRuleOptions, checkAlertTags } from '../alert-rule-options';
import { AlertTarget } from '../alert-target';
import { CloudWatchAlertOptions } from './cloudwatch-alert-options';
import { muteAlarms } from './mute-rules';
import { letAlarmsPublish } from './topic-access';

/** ECS, Container Insights and the forwarder publish once a minute. */
const STEP = Duration.minutes(1);

/** The period times the number of evaluated periods: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_WINDOW = Duration.days(1);

/** What an alarm has no place for. */
const DATADOG_OPTIONS = ['priority', 'warningThreshold', 'recoveryThreshold', 'renotifyInterval', 'escalationMessage'] as const;

/** Renders rules as CloudWatch alarms. */
export class CloudWatchRenderer implements AlertRenderer {
  public readonly name = 'CloudWatch';
  private readonly options: Required<CloudWatchAlertOptions>;

  constructor({ topics = [], actions = [], okActions = [], insufficientDataActions = [], tags = {} }: CloudWatchAlertOptions) {
    checkAlertTags('tags', tags);
    this.options = {
      topics: [...topics], actions: [...actions], okActions: [...okActions], insufficientDataActions: [...insufficientDataActions], tags: { ...tags },
    };
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

  public missingOptions({ options }: AlertDescription): string[] {
    return DATADOG_OPTIONS.filter((name) => options[name] !== undefined);
  }

  public render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[] {
    const { period, evaluationPeriods } = evaluation(description.window);
    const topics = description.options.actionsEnabled === false ? [] : this.options.topics;
    letAlarmsPublish(scope, topics);
    const series = description.cloudWatch?.series({ scope, target, description, statistic: description.statistic, period, topics }) ?? [];
    const rendered = series.map(({ scope: parent, metric, subject, service }) => {
      const alarm = new cloudwatch.Alarm(parent, description.id, {
        alarmDescription: alarmText(`${description.title} in ${subject}: ${description.advice}.`, description.options),
        metric,
        threshold: description.threshold,
        comparisonOperator: OPERATORS[description.comparison],
        evaluationPeriods,
        treatMissingData: MISSING_DATA[description.missingData],
      });
      this.finish(alarm, description.options);
      return { alarm, service };
    });
    muteAlarms(scope, description.id, rendered.map(({ alarm }) => alarm), description.options.muteWindows ?? []);
    return rendered;
  }

  /** What every alarm has: whom it tells, and its tags. */
  public finish(alarm: cloudwatch.AlarmBase, { actionsEnabled, severity, tags }: AlertRuleOptions): void {
    const { topics, actions, okActions, insufficientDataActions } = this.options;
    if (actionsEnabled !== false) {
      alarm.addAlarmAction(...topics.map((topic) => new SnsAction(topic)), ...actions);
      alarm.addOkAction(...okActions);
      alarm.addInsufficientDataAction(...insufficientDataActions);
    }
    for (const [key, value] of Object.entries({ ...this.options.tags, ...(severity && { severity }), ...tags })) {
      Tags.of(alarm).add(key, value);
    }
  }
}

/** What is written to people. */
export function alarmText(sentence: string, { severity, runbookUrl }: AlertRuleOptions): string {
  return [
    sentence,
    ...(severity === undefined ? [] : [`Severity: ${severity}.`]),
    ...(runbookUrl === undefined ? [] : [`Runbook: ${runbookUrl}`]),
  ].join(' ');
}

/** A sustained condition is checked minute by minute; a total is one value of the whole window, which CloudWatch moves along every minute. */
export function evaluation({ kind, duration }: AlertWindow): { period: Duration; evaluationPeriods: number } {
  return kind === 'total'
    ? { period: duration, evaluationPeriods: 1 }
    : { period: STEP, evaluationPeriods: duration.toSeconds() / STEP.toSeconds() };
}

export const OPERATORS = {
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
};

export const MISSING_DATA = {
  fine: cloudwatch.TreatMissingData.NOT_BREACHING,
  unknown: cloudwatch.TreatMissingData.MISSING,
  bad: cloudwatch.TreatMissingData.BREACHING,
};
