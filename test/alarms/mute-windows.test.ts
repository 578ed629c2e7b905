// SPDX-License-Identifier: Apache-2.0
import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newCluster, newStack, render } from './fixture';
import { AlertBackend, AlertMuteDay, AlertMuteWindow, AlertRule, EcsAlarms } from '../../lib/alarms';
import { accountIn, customResources } from '../datadog/resources/fixture';

const nights: AlertMuteWindow = { start: '22:30', duration: Duration.hours(8), timezone: 'Europe/Berlin' };
const weekends: AlertMuteWindow = { days: [AlertMuteDay.SUNDAY, AlertMuteDay.SATURDAY, AlertMuteDay.SUNDAY], start: '00:00', duration: Duration.days(1) };

test('a window is a mute rule in CloudWatch and a downtime in Datadog, at the same time', () => {
  const { stack } = render(AlertRule.cpuUtilization({ muteWindows: [nights, weekends] }));
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule')).map(({ Properties }) => Properties);
  expect(rules.map(({ Rule }) => Rule.Schedule)).toEqual([
    { Expression: 'cron(30 22 * * *)', Duration: 'PT480M', Timezone: 'Europe/Berlin' },
    { Expression: 'cron(0 0 * * SAT,SUN)', Duration: 'PT1440M' },
  ]);
  expect(rules[0].MuteTargets.AlarmNames).toEqual([{ Ref: expect.stringMatching(/^AlarmsCpuUtilization/) }]);
  expect(customResources(stack, 'Custom::DatadogDowntime').map(({ definition }) => [definition.schedule, definition.monitor_identifier])).toEqual([
    [{ recurrences: [{ rrule: 'FREQ=DAILY;BYHOUR=22;BYMINUTE=30', duration: '480m' }], timezone: 'Europe/Berlin' }, { monitor_id: 4711 }],
    [{ recurrences: [{ rrule: 'FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=0;BYMINUTE=0', duration: '1440m' }] }, { monitor_id: 4711 }],
  ]);
});

test('the order of windows decides no logical id', () => {
  const [one, other] = [[nights, weekends], [weekends, nights]].map((muteWindows) => (
    Object.keys(Template.fromStack(render(AlertRule.cpuUtilization({ muteWindows })).stack).findResources('AWS::CloudWatch::AlarmMuteRule')).sort()));
  expect(one).toEqual(other);
});

test('a mute rule takes 100 alarms, so 150 services have two', () => {
  const { stack } = render(AlertRule.cpuUtilization({ muteWindows: [nights] }), {
    datadog: false, services: Array.from({ length: 150 }, (_, index) => `s${index}`),
  });
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
  expect(rules.map(({ Properties }) => Properties.MuteTargets.AlarmNames.length)).toEqual([100, 50]);
});

test('one time of day in several time zones is several windows; a time zone may be a token', () => {
  const timezones = [undefined, 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Etc/GMT-5', Lazy.string({ produce: () => 'Asia/Tokyo' })];
  const { stack } = render(AlertRule.cpuUtilization({ muteWindows: timezones.map((timezone) => ({ ...nights, timezone })) }));
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
  expect(rules.map(({ Properties }) => Properties.Rule.Schedule.Timezone)).toEqual([
    undefined, 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Etc/GMT-5', 'Asia/Tokyo',
  ]);
});

test('a window lasts at most until it begins again', () => {
  const days = [AlertMuteDay.MONDAY, AlertMuteDay.FRIDAY];
  expect(() => AlertRule.cpuUtilization({ muteWindows: [{ ...nights, duration: Duration.days(1) }] })).not.toThrow();
  expect(() => AlertRule.cpuUtilization({ muteWindows: [{ ...nights, days, duration: Duration.days(3) }] })).not.toThrow();
  expect(() => AlertRule.cpuUtilization({ muteWindows: [{ ...nights, days: days.slice(1), duration: Duration.days(7) }] })).not.toThrow();
});

test('an id that ends as a day does is no other rule on that day', () => {
  const stack = newStack({}, { env: { account: '111111111111', region: 'eu-west-1' } });
  new EcsAlarms(stack, 'Alarms', {
    cluster: newCluster(stack),
    rules: [
      AlertRule.cpuUtilization({ muteWindows: [{ ...nights, days: [AlertMuteDay.MONDAY] }] }),
      AlertRule.cpuUtilization({ id: 'CpuUtilization-MON', muteWindows: [nights] }),
    ],
    backends: [AlertBackend.cloudWatch(), AlertBackend.datadog({ account: accountIn(stack) })],
  });
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::AlarmMuteRule', 2);
  expect(customResources(stack, 'Custom::DatadogDowntime')).toHaveLength(2);
});

test.each([
  [[{ ...nights, start: '24:00' }], "'muteWindows.start' must be a time such as '22:00', got: '24:00'"],
  [[{ ...nights, start: Lazy.string({ produce: () => '' }) }], "'muteWindows.start' must be a time such as '22:00', got: 'a token'"],
  [[{ ...nights, duration: Duration.seconds(90) }], "'muteWindows.duration' must be whole minutes, at most 1 day, after which the window begins again, got: 1 minute 30 seconds"],
  [[{ ...nights, duration: Duration.days(3) }], "'muteWindows.duration' must be whole minutes, at most 1 day, after which the window begins again, got: 3 days"],
  [[{ ...nights, days: [AlertMuteDay.MONDAY], duration: Duration.days(8) }], "'muteWindows.duration' must be whole minutes, at most 7 days, "],
  [[{ ...nights, days: [AlertMuteDay.SUNDAY, AlertMuteDay.TUESDAY], duration: Duration.days(3) }], "'muteWindows.duration' must be whole minutes, at most 2 days, "],
  [[{ ...nights, timezone: 'Mars/X' }], "'muteWindows.timezone' must be a name of the IANA database such as 'Europe/Berlin', got: 'Mars/X'"],
  [[{ ...nights, timezone: '+01:00' }], "'muteWindows.timezone' must be a name of the IANA database such as 'Europe/Berlin', got: '+01:00'"],
  [[{ ...nights, days: [] }], "'muteWindows.days' must hold at least one day or be left out, got: an empty list"],
  [[{ ...nights, timezone: 'UTC' }, { ...nights, timezone: undefined }], "'muteWindows' must begin at different times, got: 2230 twice"],
  [[nights, { ...nights, duration: Duration.hours(1) }], "'muteWindows' must begin at different times, got: 2230-Europe-Berlin twice"],
])('wrong windows are refused (%#)', (muteWindows, message) => {
  expect(() => AlertRule.cpuUtilization({ muteWindows })).toThrow(message);
});
