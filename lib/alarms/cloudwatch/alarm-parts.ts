// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertWindow } from '../alert-description';
import { AlertNotificationOptions } from '../alert-rule-options';

/** ECS, Container Insights and the forwarder publish once a minute. */
const STEP = Duration.minutes(1);

/** What the packs of cdk-nag say of an alarm without actions. */
export const ALARM_ACTION_FINDINGS = ['HIPAA.Security-CloudWatchAlarmAction', 'NIST.800.53.R5-CloudWatchAlarmAction'];

/** What is written to people. */
export function alarmText(sentence: string, { severity, runbookUrl }: AlertNotificationOptions): string {
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
