// SPDX-License-Identifier: Apache-2.0
import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { render } from './fixture';
import { AlertMuteDay, AlertMuteWindow, AlertRule } from '../../lib/alarms';
import { customResources } from '../datadog/resources/fixture';

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

test.each([
  [[{ ...nights, start: '24:00' }], "'muteWindows.start' must be a time such as '22:00', got: '24:00'"],
  [[{ ...nights, start: Lazy.string({ produce: () => '' }) }], "'muteWindows.start' must be a time such as '22:00', got: 'a token'"],
  [[{ ...nights, duration: Duration.seconds(90) }], "'muteWindows.duration' must be whole minutes, at most 15 days, got: 1 minute 30 seconds"],
  [[{ ...nights, duration: Duration.days(16) }], "'muteWindows.duration' must be whole minutes, at most 15 days, got: 16 days"],
  [[{ ...nights, days: [] }], "'muteWindows.days' must hold at least one day or be left out, got: an empty list"],
  [[nights, { ...nights, duration: Duration.hours(1) }], "'muteWindows' must begin at different times, got: 2230 twice"],
])('wrong windows are refused (%#)', (muteWindows, message) => {
  expect(() => AlertRule.cpuUtilization({ muteWindows })).toThrow(message);
});
