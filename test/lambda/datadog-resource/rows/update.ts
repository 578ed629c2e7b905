// SPDX-License-Identifier: Apache-2.0
import { Row } from './row';
import { StackResource } from '../cloudformation';
import { downtime, logMonitor, monitor, REFUSED_QUERY, slo, wrongMonitor } from '../definitions';

const MAKE = /^POST \/api\/v1\/monitor$/;
const CHANGE = /^PUT \/api\/v1\/monitor\/1001$/;
const CHANGED = { inDatadog: '#1 v2', told: 'SUCCESS #1' };
const REPLACED = { inDatadog: '#2 v2', told: 'SUCCESS #2' };

export const UPDATE_ROWS: Row[] = [
  {
    event: 'update',
    fault: 'none',
    ...CHANGED,
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update',
    fault: 'Datadog refuses the definition',
    inDatadog: '#1 v1',
    told: `FAILED: Datadog answered 400 to POST /api/v1/monitor/1001/validate: ${REFUSED_QUERY}`,
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.update(wrongMonitor('v2'));
    },
  },
  {
    event: 'update',
    fault: 'changed, but the answer is lost',
    ...CHANGED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: CHANGE, times: 1, after: 'reset' });
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update',
    fault: 'somebody has deleted it',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.monitors.live.clear();
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update',
    fault: 'somebody deletes it meanwhile',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: CHANGE, times: 1, instead: { status: 404, body: { errors: ['Monitor not found'] } } });
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update',
    fault: 'somebody has deleted it; made anew, but the answer is lost',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.monitors.live.clear();
      world.datadog.fail({ on: MAKE, times: 1, after: 'half of a body' });
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update of a metric alert',
    fault: 'Datadog has made a query alert of it',
    ...CHANGED,
    play: async (_, resource) => {
      await resource.create(monitor('v1', { type: 'metric alert' }));
      return resource.update(monitor('v2', { type: 'metric alert' }));
    },
  },
  {
    event: 'update to another type',
    fault: 'none',
    ...REPLACED,
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.update(logMonitor('v2'));
    },
  },
  {
    event: 'update to another type',
    fault: 'made, but the answer is lost',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: MAKE, times: 1, after: 'reset' });
      return resource.update(logMonitor('v2'));
    },
  },
  {
    event: 'update to another type',
    fault: 'the function dies once it is made; Lambda tries again',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: MAKE, times: 1, then: () => world.lambda.kill() });
      return resource.update(logMonitor('v2'));
    },
  },
  {
    event: 'update to another type',
    fault: 'somebody has copied it, with all its tags',
    inDatadog: '#2 copy, #3 v2',
    told: 'SUCCESS #3',
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      const { tags } = world.datadog.monitors.live.get('1001')!;
      await new StackResource(world, 'Other').create(monitor('copy'));
      world.datadog.monitors.live.get('1002')!.tags = tags;
      return resource.update(logMonitor('v2'));
    },
  },
  {
    event: 'update to another type, OnDelete keep',
    fault: 'none',
    inDatadog: '#1 v1, #2 v2',
    told: 'SUCCESS #2',
    play: async (_, resource) => {
      await resource.create(monitor('v1', {}, { OnDelete: 'keep' }));
      return resource.update({ ...logMonitor('v2'), OnDelete: 'keep' });
    },
  },
  {
    event: 'update of an SLO to another type',
    fault: 'none',
    ...REPLACED,
    play: async (_, resource) => {
      await resource.create(slo('v1'));
      return resource.update(slo('v2', { type: 'monitor', monitor_ids: [] }));
    },
  },
  {
    event: 'update of a downtime',
    fault: 'it has begun, and no start may lie in the past',
    ...CHANGED,
    play: async (world, resource) => {
      const start = '2031-01-01T00:00:00Z';
      await resource.create(downtime('v1', { schedule: { start } }));
      const [{ attributes }] = world.datadog.downtimes.live.values();
      attributes.schedule.start = '2021-01-01T00:00:00+00:00';
      return resource.update(downtime('v2', { schedule: { start: '2021-01-01T00:00:00Z' } }));
    },
  },
  {
    event: 'update of a downtime',
    fault: 'it recurs',
    ...CHANGED,
    play: async (_, resource) => {
      const schedule = { timezone: 'UTC', recurrences: [{ rrule: 'FREQ=DAILY;INTERVAL=1', duration: '1h', start: '2021-01-01T00:00' }] };
      await resource.create(downtime('v1', { schedule }));
      return resource.update(downtime('v2', { schedule: { ...schedule, timezone: 'Europe/Berlin' } }));
    },
  },
  {
    event: 'update that says less than before',
    fault: 'a monitor keeps what is not named',
    ...CHANGED,
    play: async (_, resource) => {
      await resource.create(monitor('v1', { priority: 2, restricted_roles: ['00000000-0000-4000-8000-000000000000'] }));
      return resource.update(monitor('v2'));
    },
  },
  {
    event: 'update that says less than before',
    fault: 'an SLO keeps what is not named',
    inDatadog: '#1 v2 undescribed',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(slo('v1', { type: 'monitor', monitor_ids: [1], groups: ['env:prod'] }));
      return resource.update(slo('v2', { type: 'monitor', monitor_ids: [1], description: undefined }));
    },
  },
  {
    event: 'update that says less than before',
    fault: 'a downtime keeps what is not named, and takes no null',
    ...CHANGED,
    play: async (_, resource) => {
      await resource.create(downtime('v1', {
        mute_first_recovery_notification: true, notify_end_types: ['canceled'], notify_end_states: ['warn'], schedule: { end: '2031-01-02T00:00:00Z' },
      }));
      return resource.update(downtime('v2'));
    },
  },
  ...[
    { fault: 'it has begun', start: '2021-01-01T00:00:00Z', unchanged: 'said' },
    { fault: 'it has begun, and its start is said no longer', start: '2021-01-01T00:00:00Z', unchanged: undefined },
  ].map(({ fault, start, unchanged }): Row => ({
    event: 'update of a downtime that extends it',
    fault,
    inDatadog: '#1 v2 until 2031-01-03T00:00:00Z',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await resource.create(downtime('v1', { schedule: { start: '2031-01-01T00:00:00Z', end: '2031-01-02T00:00:00Z' } }));
      const [{ attributes }] = world.datadog.downtimes.live.values();
      attributes.schedule.start = start;
      return resource.update(downtime('v2', { schedule: { start: unchanged && start, end: '2031-01-03T00:00:00Z' } }));
    },
  })),
  ...[
    { fault: 'as it should have', end: '2021-01-02T00:00:00Z', inDatadog: '#1 v1 until 2021-01-02T00:00:00Z', told: 'SUCCESS #1' },
    { fault: 'and shall be again', end: '2031-01-02T00:00:00Z', inDatadog: '#2 v2 until 2031-01-02T00:00:00Z', told: 'SUCCESS #2' },
  ].map(({ fault, end, inDatadog, told }): Row => ({
    event: 'update of a downtime',
    fault: `it has ended, ${fault}`,
    inDatadog,
    told,
    play: async (world, resource) => {
      await resource.create(downtime('v1', { schedule: { end: '2021-01-02T00:00:00Z' } }));
      world.datadog.downtimes.all.forEach(({ attributes }) => { attributes.status = 'ended'; });
      return resource.update(downtime('v2', { schedule: { end } }));
    },
  })),
  {
    event: 'update of a downtime',
    fault: 'somebody has cancelled it',
    ...REPLACED,
    play: async (world, resource) => {
      await resource.create(downtime('v1'));
      world.datadog.downtimes.all.forEach(({ attributes }) => { attributes.status = 'canceled'; });
      return resource.update(downtime('v2'));
    },
  },
  {
    event: 'update that adopts another',
    fault: 'none',
    inDatadog: '#1 v2',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create(monitor('v1'));
      return resource.update(monitor('v2', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    },
  },
  {
    event: 'update that adopts another, rolled back',
    fault: 'another resource failed',
    inDatadog: '#1 v2, #2 v1',
    told: 'SUCCESS #2',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create(monitor('v1'));
      return resource.updateAndRollBack(monitor('v2', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    },
  },
];
