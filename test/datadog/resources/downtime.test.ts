// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { accountIn, customResources, definitionIn, newStack } from './fixture';
import { DOWNTIME } from '../../../lambda/datadog-resource/kinds/downtime';
import { Ownership } from '../../../lambda/datadog-resource/ownership';
import {
  DatadogDowntime, DatadogDowntimeEndState, DatadogDowntimeEndType, DatadogDowntimeProps, DatadogDowntimeRecurrence, DatadogDowntimeSchedule,
  DatadogMonitor, DatadogMonitorType,
} from '../../../lib/datadog';
import { messageWithoutMarks, tagsWithoutMarks } from '../../../lib/datadog/resources/ownership-marks';

function downtimeIn(stack: Stack, props: Partial<DatadogDowntimeProps>): DatadogDowntime {
  return new DatadogDowntime(stack, 'Downtime', { datadog: accountIn(stack), ...props });
}

function definitionOf(props: Partial<DatadogDowntimeProps>): any {
  const stack = newStack();
  downtimeIn(stack, props);
  return definitionIn(stack, 'Custom::DatadogDowntime');
}

test('a downtime of a monitor holds its id, as a number', () => {
  const stack = newStack();
  const monitor = new DatadogMonitor(stack, 'Cpu', {
    datadog: accountIn(stack, {}, 'CpuKeys'), name: 'CPU', type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:x{*} > 1',
  });
  const downtime = downtimeIn(stack, { monitor, groupScope: 'env:prod' });
  const [{ definition, properties }] = customResources(stack, 'Custom::DatadogDowntime');
  expect(definition).toEqual({ scope: 'env:prod', monitor_identifier: { monitor_id: 4711 } });
  expect(properties).toMatchObject({ Kind: 'downtime', OnDelete: 'delete' });
  expect(JSON.stringify(properties.Definition)).toContain('"Fn::GetAtt":["CpuCustomResource');
  expect(stack.resolve(downtime.downtimeId)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Downtime/), 'Id'] });
});

test('a downtime takes every property', () => {
  expect(definitionOf({
    monitorTags: ['team:shop'],
    schedule: DatadogDowntimeSchedule.oneTime({ start: new Date('2027-01-02T22:00:00Z'), end: new Date('2027-01-03T02:00:00Z') }),
    message: 'Maintenance @slack-ops',
    displayTimezone: 'Europe/Berlin',
    muteFirstRecoveryNotification: true,
    notifyEndStates: [DatadogDowntimeEndState.ALERT, DatadogDowntimeEndState.NO_DATA, DatadogDowntimeEndState.WARN],
    notifyEndTypes: [DatadogDowntimeEndType.EXPIRED, DatadogDowntimeEndType.CANCELED],
  })).toEqual({
    scope: '*',
    monitor_identifier: { monitor_tags: ['team:shop'] },
    schedule: { start: '2027-01-02T22:00:00Z', end: '2027-01-03T02:00:00Z' },
    message: 'Maintenance @slack-ops',
    display_timezone: 'Europe/Berlin',
    mute_first_recovery_notification: true,
    notify_end_states: ['alert', 'no data', 'warn'],
    notify_end_types: ['expired', 'canceled'],
  });
});

test('a downtime may come again', () => {
  const schedule = DatadogDowntimeSchedule.recurring({
    timezone: 'Europe/Berlin',
    recurrences: [
      { rrule: 'FREQ=WEEKLY;BYDAY=SA,SU', duration: Duration.days(1), start: '2027-01-02T00:00:00' },
      { rrule: 'FREQ=DAILY', duration: Duration.minutes(90) },
    ],
  });
  expect(definitionOf({ monitorTags: ['*'], schedule }).schedule).toEqual({
    timezone: 'Europe/Berlin',
    recurrences: [
      { rrule: 'FREQ=WEEKLY;BYDAY=SA,SU', duration: '1440m', start: '2027-01-02T00:00:00' },
      { rrule: 'FREQ=DAILY', duration: '90m' },
    ],
  });
});

test.each<[string, Partial<DatadogDowntimeProps>, string]>([
  ['a downtime of nothing', {}, "'monitor' or 'monitorTags' must say what is muted, got: neither"],
  ['a downtime of no tags', { monitorTags: [] }, "'monitorTags' must hold at least one tag, or '*' for all monitors, got: none"],
  ['a downtime of both', { monitorTags: ['a:b'], monitor: DatadogMonitor.fromMonitorId(newStack(), 'M', 1) }, "'monitorTags' must not be given beside 'monitor'"],
  ['no scope', { monitorTags: ['*'], groupScope: '' }, "'groupScope' must be a text"],
  ['an id of another kind', { monitorTags: ['*'], adoptId: '4711' }, "'adoptId' must be an id such as '00000000-0000-1234-0000-000000000000', got: '4711'"],
  ['a scope twice', { monitorTags: ['*'], additionalFields: { scope: 'x' } }, "'additionalFields.scope' must not be given beside 'groupScope'"],
])('refuses %s', (_what, props, message) => {
  const stack = newStack();
  expect(() => downtimeIn(stack, props)).toThrow(message);
  expect(stack.node.tryFindChild('Downtime')).toBeUndefined();
});

test.each<[string, Partial<DatadogDowntimeRecurrence>, string]>([
  ['without a rule', { rrule: '' }, "'recurrences[0].rrule' must be a text"],
  ['whose rule says when it starts', { rrule: 'DTSTART=20270101;FREQ=DAILY' }, "'recurrences[0].rrule' must not hold DTSTART"],
  ['whose start has an offset', { start: '2027-01-02T00:00:00Z' }, "'recurrences[0].start' must be a time without an offset such as"],
  ['that is shorter than a minute', { duration: Duration.seconds(30) }, "'recurrences[0].duration' must be in whole minutes, at least one, got: 30 seconds"],
])('refuses a recurrence %s', (_what, recurrence, message) => {
  const recurrences = [{ rrule: 'FREQ=DAILY', duration: Duration.hours(1), ...recurrence }];
  expect(() => DatadogDowntimeSchedule.recurring({ recurrences })).toThrow(message);
});

test('refuses schedules without time', () => {
  const recurrence = { rrule: 'FREQ=DAILY', duration: Duration.hours(1) };
  expect(() => DatadogDowntimeSchedule.recurring({ recurrences: [] })).toThrow("'recurrences' must hold 1 to 5 entries, got: 0");
  expect(() => DatadogDowntimeSchedule.recurring({ recurrences: Array(6).fill(recurrence) })).toThrow('got: 6');
  const [start, end] = [new Date('2027-01-02T00:00:00Z'), new Date('2027-01-01T00:00:00Z')];
  expect(() => DatadogDowntimeSchedule.oneTime({ start, end })).toThrow("'end' must be after 'start' (2027-01-02T00:00:00.000Z), got: 2027-01-01T00:00:00.000Z");
});

test.each([
  ['the answer of the API', (attributes: object) => ({ data: { id: 'x', type: 'downtime', attributes, relationships: {} }, included: [] })],
  ['one of its list', (attributes: object) => ({ id: 'x', type: 'downtime', attributes })],
  ['its attributes', (attributes: object) => attributes],
])('an exported downtime keeps all but what Datadog sets itself: %s', (_what, wrap) => {
  const stack = newStack();
  DatadogDowntime.fromJson(stack, 'Downtime', {
    datadog: accountIn(stack),
    json: wrap({
      scope: 'env:prod',
      monitor_identifier: { monitor_id: 12 },
      message: null,
      status: 'active',
      created: 'x',
      modified: 'y',
      canceled: null,
      schedule: { timezone: 'UTC', recurrences: [{ rrule: 'FREQ=DAILY', duration: '1h', start: null }], current_downtime: { start: 'x' } },
    }),
  });
  expect(definitionIn(stack, 'Custom::DatadogDowntime')).toEqual({
    scope: 'env:prod', monitor_identifier: { monitor_id: 12 }, schedule: { timezone: 'UTC', recurrences: [{ rrule: 'FREQ=DAILY', duration: '1h' }] },
  });
});

test.each([
  ['with a message', 'Night\n@slack-ops\n\nMARKS', 'Night\n@slack-ops'],
  ['without one', 'MARKS', undefined],
  ['with a message that speaks of a mark', 'see cloudformation_request:0123456789abcdef', 'see cloudformation_request:0123456789abcdef'],
  ['with a message of several lines', 'Night\n\nmorning\n', 'Night\n\nmorning\n'],
])('an exported downtime %s does not keep the marks of the custom resource that made it', (_what, message, expected) => {
  const stack = newStack();
  const marks = 'cloudformation_resource:stack/night/0123456789abcdef cloudformation_request:0123456789abcdef';
  const json = { scope: '*', monitor_identifier: { monitor_id: 12 }, message: message.replace('MARKS', marks) };
  DatadogDowntime.fromJson(stack, 'Downtime', { datadog: accountIn(stack), json });
  expect(definitionIn(stack, 'Custom::DatadogDowntime').message).toBe(expected);
});

test('the marks that are left out are those that the handler writes', () => {
  const ownership = new Ownership({ stackId: 'arn:aws:cloudformation:eu-west-1:1:stack/My_Stack/1', logicalResourceId: 'Night', requestId: '1' });
  const marks = ownership.marks(false, 'abc-1');
  expect(marks).toHaveLength(3);
  expect(tagsWithoutMarks(marks)).toEqual([]);
  expect(messageWithoutMarks(String(DOWNTIME.mark({ message: 'Night' }, marks).message))).toBe('Night');
});
