// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlertDescription, AlertWindow } from '../alert-description';
import { AlertRenderer, RenderedAlert } from '../alert-renderer';
import { AlertTarget } from '../alert-target';

/** Whom CloudWatch alarms notify. */
export interface CloudWatchAlertOptions {
  /**
   * Topics that are told when an alarm fires. CloudWatch cannot publish to a topic that is encrypted with the AWS-managed key `alias/aws/sns`.
   *
   * @default - none
   */
  readonly topics?: sns.ITopic[];

  /**
   * What else happens when an alarm fires. An alarm for a whole cluster takes no EC2 action.
   *
   * @default - nothing
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm is fine again.
   *
   * @default - nothing
   */
  readonly okActions?: cloudwatch.IAlarmAction[];
}

/** ECS, Container Insights and the forwarder publish once a minute. */
const STEP = Duration.minutes(1);

/** The period times the number of evaluated periods: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_WINDOW = Duration.days(1);

/** Renders rules as CloudWatch alarms. */
export class CloudWatchRenderer implements AlertRenderer {
  public readonly name = 'CloudWatch';
  private readonly alarmActions: cloudwatch.IAlarmAction[];
  private readonly okActions: cloudwatch.IAlarmAction[];

  constructor(options: CloudWatchAlertOptions) {
    this.alarmActions = [...(options.topics ?? []).map((topic) => new SnsAction(topic)), ...(options.actions ?? [])];
    this.okActions = [...(options.okActions ?? [])];
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

  public render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[] {
    const { period, evaluationPeriods } = evaluation(description.window);
    const series = description.cloudWatch?.series({ scope, target, statistic: description.statistic, period }) ?? [];
    return series.map(({ scope: parent, metric, subject, service }) => {
      const alarm = new cloudwatch.Alarm(parent, description.id, {
        alarmDescription: `${description.title} in ${subject}: ${description.advice}.`,
        metric,
        threshold: description.threshold,
        comparisonOperator: OPERATORS[description.comparison],
        evaluationPeriods,
        treatMissingData: MISSING_DATA[description.missingData],
      });
      alarm.addAlarmAction(...this.alarmActions);
      alarm.addOkAction(...this.okActions);
      return { alarm, service };
    });
  }
}

/** A sustained condition is checked minute by minute; a total is one value of the whole window, which CloudWatch moves along every minute. */
function evaluation({ kind, duration }: AlertWindow): { period: Duration; evaluationPeriods: number } {
  return kind === 'total'
    ? { period: duration, evaluationPeriods: 1 }
    : { period: STEP, evaluationPeriods: duration.toSeconds() / STEP.toSeconds() };
}

const OPERATORS = {
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
};

const MISSING_DATA = {
  fine: cloudwatch.TreatMissingData.NOT_BREACHING,
  unknown: cloudwatch.TreatMissingData.MISSING,
};
