// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { childOnce } from '../alert-renderer';
import { AlertMuteWindow, muteDays, muteKey } from '../mute-window';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarmmuterule.html */
const MAX_ALARMS = 100;

/**
 * Mutes alarms in some windows: their states change, and nobody is told.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export function muteAlarms(scope: Construct, ruleId: string, alarms: cloudwatch.AlarmBase[], windows: AlertMuteWindow[]): void {
  const partCount = Math.ceil(alarms.length / MAX_ALARMS);
  const parts = Array.from({ length: partCount }, (_, index) => alarms.slice(index * MAX_ALARMS, (index + 1) * MAX_ALARMS));
  for (const window of windows) {
    parts.forEach((part, index) => {
      const id = `${muteKey(window)}${index === 0 ? '' : `-${index + 1}`}`;
      // A scope for each rule: ids of rules have hyphens, too.
      new cloudwatch.CfnAlarmMuteRule(childOnce(childOnce(scope, 'MuteRules'), ruleId), id, {
        rule: { schedule: { expression: cron(window), duration: `PT${window.duration.toMinutes()}M`, timezone: window.timezone } },
        muteTargets: { alarmNames: part.map(({ alarmName }) => alarmName) },
      });
    });
  }
}

function cron(window: AlertMuteWindow): string {
  const [hour, minute] = window.start.split(':').map(Number);
  return `cron(${minute} ${hour} * * ${window.days ? muteDays(window).join(',') : '*'})`;
}
