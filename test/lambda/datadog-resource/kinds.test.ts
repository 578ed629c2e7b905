// SPDX-License-Identifier: Apache-2.0
import { DOWNTIME } from '../../../lambda/datadog-resource/kinds/downtime';
import { Kind } from '../../../lambda/datadog-resource/kinds/kind';
import { KINDS } from '../../../lambda/datadog-resource/kinds/kinds';
import { MONITOR } from '../../../lambda/datadog-resource/kinds/monitor';
import { SLO } from '../../../lambda/datadog-resource/kinds/slo';

const MARK = 'cloudformation_request:0123456789abcdef';

test.each(KINDS.map((kind): [string, Kind] => [kind.name, kind]))('%s: no id that is not Datadog\'s is taken for one', (_, kind) => {
  for (const id of ['', 'not-created', 'perhaps-created/0123456789abcdef', 'Shop-HighCpu-1KC2DAJSDHJ3', '2026/11/25/[$LATEST]0123456789abcdef0123456789abcdef']) {
    expect(kind.idForm.test(id)).toBe(false);
  }
});

test.each<[Kind, string]>([
  [MONITOR, '123456789'],
  [SLO, '0123456789abcdef0123456789abcdef'],
  [DOWNTIME, '00e00000-0000-1234-0000-000000000000'],
])('$name: the API\'s own ids are known', (kind, id) => {
  expect(kind.idForm.test(id)).toBe(true);
});

test.each([MONITOR, SLO])('$name: marks are further tags', (kind) => {
  expect(kind.mark({ name: 'x', tags: ['a:b', MARK] }, [MARK])).toEqual({ name: 'x', tags: ['a:b', MARK] });
  expect(kind.mark({ name: 'x' }, [MARK])).toEqual({ name: 'x', tags: [MARK] });
  expect(kind.marksOf({ tags: ['a:b', MARK] })).toEqual([MARK]);
  expect(kind.marksOf({ tags: null })).toEqual([]);
});

test('downtime: marks are the last line of the message', () => {
  expect(DOWNTIME.mark({ message: 'Maintenance' }, [MARK])).toEqual({ message: `Maintenance\n\n${MARK}` });
  expect(DOWNTIME.mark({}, [MARK])).toEqual({ message: MARK });
  expect(DOWNTIME.mark({}, [])).toEqual({ message: '' });
  expect(DOWNTIME.marksOf({ attributes: { message: `Maintenance\n\n${MARK}` } })).toEqual([MARK]);
});

test.each([
  ['query alert', 'metric alert', false],
  ['metric alert', 'query alert', false],
  ['query alert', 'log alert', true],
])('monitor: %s to %s is a replacement: %s', (from, to, expected) => {
  expect(MONITOR.mustReplace({ type: from }, { type: to })).toBe(expected);
});

test.each([
  ['the same recurrences', { recurrences: [{ rrule: 'FREQ=DAILY;COUNT=2' }] }, true],
  ['other recurrences', { recurrences: [{ rrule: 'FREQ=DAILY;COUNT=3' }] }, false],
  ['an end in the past', { end: '2021-01-01T00:00:00Z' }, true],
  ['an end in the future', { end: '2031-01-01T00:00:00Z' }, false],
  ['no end', {}, false],
])('downtime: when it has ended, %s is over: $2', (_, schedule, expected) => {
  const ended = { attributes: { status: 'ended', schedule: { recurrences: [{ rrule: 'FREQ=DAILY;COUNT=2', duration: '1h' }] } } };
  expect(DOWNTIME.isOver?.(ended, { schedule })).toBe(expected);
  expect(DOWNTIME.mustReplace(ended, { schedule })).toBe(!expected);
  expect(DOWNTIME.isOver?.({ attributes: { ...ended.attributes, status: 'active' } }, { schedule })).toBe(false);
});

describe('downtime: a change says', () => {
  const change = (wanted: object, current: object, previous?: object) => {
    const body = DOWNTIME.updateBody({ ...wanted }, { id: 'x', attributes: current }, previous && { ...previous });
    return (body.data as { attributes: object }).attributes;
  };
  const recurrences = [{ rrule: 'FREQ=DAILY', duration: '1h', start: '2020-01-01T00:00' }];

  test('only what differs', () => {
    expect(change({ scope: 'a', message: 'new' }, { scope: 'a', message: 'old', status: 'active' })).toEqual({ message: 'new' });
  });

  test('no schedule that is there already, however Datadog writes it', () => {
    const there = { timezone: 'UTC', recurrences: [{ ...recurrences[0], start: '2020-01-01T00:00:00' }], current_downtime: { start: '2026-11-25T00:00:00Z' } };
    expect(change({ schedule: { timezone: 'UTC', recurrences } }, { schedule: there })).toEqual({});
    expect(change({ schedule: { start: '2031-01-01T00:00:00Z' } }, { schedule: { start: '2031-01-01T00:00:00.000000+00:00' } })).toEqual({});
  });

  test.each([
    ['a longer list', { recurrences: [...recurrences, ...recurrences] }],
    ['another member', { recurrences: [{ ...recurrences[0], duration: '2h' }] }],
    ['another time', { recurrences: [{ ...recurrences[0], start: '2020-01-01T01:00' }] }],
    ['another form', { start: '2031-01-01T00:00:00Z' }],
  ])('the whole schedule for %s', (_, schedule) => {
    expect(change({ schedule }, { schedule: { recurrences } })).toEqual({ schedule });
  });

  test('the default of what was said before', () => {
    expect(change({ scope: 'a' }, { scope: 'a', display_timezone: 'Europe/Berlin' }, { scope: 'a', display_timezone: 'Europe/Berlin' }))
      .toEqual({ display_timezone: 'UTC' });
  });

  test('a start only where it is another', () => {
    const there = { schedule: { start: '2031-01-01T00:00:00Z', end: null } };
    expect(change({ schedule: { start: '2031-01-01T00:00:00Z', end: '2031-01-03T00:00:00Z' } }, there)).toEqual({ schedule: { end: '2031-01-03T00:00:00Z' } });
    expect(change({ schedule: { start: '2031-01-02T00:00:00Z' } }, there)).toEqual({ schedule: { start: '2031-01-02T00:00:00Z', end: null } });
    expect(change({ schedule: {} }, there, { schedule: { start: '2031-01-01T00:00:00Z' } })).toEqual({ schedule: { start: null, end: null } });
  });
});
