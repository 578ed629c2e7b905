// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { RenderedAlert } from '../alert-renderer';
import { WatchedService } from '../alert-target';
import { serviceScope } from './cloudwatch-source';

/** The alarms of one composite alarm. */
export interface AlarmGroup {
  readonly scope: Construct;
  /** Whose alarms these are, as part of a sentence; empty: of all. */
  readonly subject: string;
  readonly alarms: cloudwatch.Alarm[];
}

/**
 * Which alarms belong together: those of one service, with those that are of no service; undefined where a rule has no alarm. Where no rule has alarms for each
 * service there is one group.
 */
export function alarmGroups(scope: Construct, operands: RenderedAlert[][]): AlarmGroup[] | undefined {
  const services = new Map(operands.flat().flatMap(({ service }) => (service ? [[service.key, service]] : [])));
  const groups = services.size === 0
    ? [{ scope, subject: '', alarms: operands.map((operand) => alarmOf(operand)) }]
    : [...services.values()].map((service) => ({
      scope: serviceScope(scope, service), subject: ` in service ${service.name}`, alarms: operands.map((operand) => alarmOf(operand, service)),
    }));
  return groups.every(isComplete) ? groups : undefined;
}

function alarmOf(operand: RenderedAlert[], service?: WatchedService): cloudwatch.Alarm | undefined {
  const own = operand.find((candidate) => candidate.alarm && service && candidate.service?.key === service.key);
  return (own ?? operand.find((candidate) => candidate.alarm && !candidate.service))?.alarm;
}

function isComplete(group: Omit<AlarmGroup, 'alarms'> & { alarms: (cloudwatch.Alarm | undefined)[] }): group is AlarmGroup {
  return group.alarms.every((alarm) => alarm !== undefined);
}
