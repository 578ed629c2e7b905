// SPDX-License-Identifier: Apache-2.0
import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlertDescription } from '../alert-description';
import { childOnce } from '../alert-renderer';
import { AlertRule } from '../alert-rule';
import { AlertTarget, WatchedService } from '../alert-target';
import { ALARM_ACTION_FINDINGS, MISSING_DATA, OPERATORS, alarmText, evaluation } from './alarm-parts';
import { acknowledge } from '../../private/acknowledge';

/** The most characters of an alarm's name: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_NAME = 255;

/** ECS waits after a deployment for as long as an alarm looks back. */
const MAX_DEFAULT_WINDOW = Duration.minutes(15);

/** Why a rule cannot decide over the deployments of one service, if so. */
export function deploymentObjection({ cloudWatch, window }: AlertDescription, target: AlertTarget): string | undefined {
  if (!cloudWatch) {
    return 'CloudWatch has no such metric';
  }
  return cloudWatch.isPerService ? cloudWatch.objection(window, target)
    : 'its alarm is not of one service alone, so the fault of one would roll back the deployment of another';
}

/** Why a rule decides over deployments only where it is asked to by name, if so. */
export function slowForDeployments({ window: { kind, duration, option } }: AlertDescription): string | undefined {
  if (kind === 'total') {
    return `it totals up '${option}', what was before the deployment too, so it has to be given by its id`;
  }
  return duration.toSeconds() <= MAX_DEFAULT_WINDOW.toSeconds() ? undefined
    : `'${option}' is longer than ${MAX_DEFAULT_WINDOW.toHumanString()}, so it has to be given by its id`;
}

/**
 * Alarms of one service for its deployments, by name. They have physical names, which the service refers to: by a reference, alarm and service would need each other first.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs-readme.html#deployment-alarms
 */
export function deploymentAlarms(scope: Construct, rules: AlertRule[], target: AlertTarget, service: WatchedService): string[] {
  return rules.flatMap(({ _description: description }) => {
    const { id, cloudWatch, statistic, threshold, comparison, missingData, title, advice } = description;
    const { period, evaluationPeriods } = evaluation(description.window);
    const series = cloudWatch?.series({ scope, target: { ...target, services: [service] }, description, statistic, period, topics: [] }) ?? [];
    return series.map(({ scope: parent, metric, subject }) => {
      const alarms = childOnce(parent, 'DeploymentAlarms');
      const alarmName = `${Names.uniqueResourceName(alarms, { maxLength: MAX_NAME - id.length - 1, separator: '-' })}-${id}`;
      if (!alarms.node.tryFindChild(id)) {
        const alarm = new cloudwatch.Alarm(alarms, id, {
          alarmName,
          alarmDescription: alarmText(`${title} in ${subject}: ${advice}. A deployment that sets it off fails.`, description.options),
          metric,
          threshold,
          comparisonOperator: OPERATORS[comparison],
          evaluationPeriods,
          treatMissingData: MISSING_DATA[missingData],
        });
        acknowledge(alarm, ALARM_ACTION_FINDINGS, 'Amazon ECS looks at it during deployments, and rolls back');
      }
      return alarmName;
    });
  });
}
