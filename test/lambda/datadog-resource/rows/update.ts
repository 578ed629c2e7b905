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
  {
    event: 'update, rolled back',
    fault: 'Datadog refuses the definition',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.updateAndRollBack(wrongMonitor('v2'));
    },
  },
  {
    event: 'update, rolled back',
    fault: 'another resource failed',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.updateAndRollBack(monitor('v2'));
    },
  },
  {
    event: 'update, rolled back',
    fault: 'changed, then Datadog is down until the rollback',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: CHANGE, times: 1, after: 'reset', then: () => world.datadog.fail({ on: /./, times: 8, instead: { status: 503 } }) });
      return resource.updateAndRollBack(monitor('v2'));
    },
  },
  ...[
    { kind: 'monitor', make: MAKE, before: monitor('v1'), after: logMonitor('v2') },
    { kind: 'slo', make: /^POST \/api\/v1\/slo$/, before: slo('v1'), after: slo('v2', { type: 'monitor', monitor_ids: [] }) },
  ].map(({ kind, make, before, after }): Row => ({
    event: 'update to another type, rolled back',
    fault: `${kind} made, then Datadog is down until the rollback`,
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await resource.create(before);
      world.datadog.fail({ on: make, times: 1, after: 'reset', then: () => world.datadog.fail({ on: /./, instead: { status: 503 } }) });
      return resource.updateAndRollBack(after, () => { world.datadog.faults.length = 0; });
    },
  })),
  ...[
    { make: MAKE, before: monitor('v1'), after: monitor('v2') },
    { make: /^POST \/api\/v2\/downtime$/, before: downtime('v1'), after: downtime('v2') },
  ].map(({ make, before, after }): Row => ({
    event: 'update, rolled back',
    fault: `somebody has deleted the ${before.Kind}; made anew, then Datadog is down until the rollback`,
    inDatadog: '#3 v1',
    told: 'SUCCESS #3',
    play: async (world, resource) => {
      await resource.create(before);
      world.datadog.monitors.live.clear();
      world.datadog.downtimes.all.forEach(({ attributes }) => { attributes.status = 'canceled'; });
      world.datadog.fail({ on: make, times: 1, after: 'reset', then: () => world.datadog.fail({ on: /./, instead: { status: 503 } }) });
      return resource.updateAndRollBack(after, () => { world.datadog.faults.length = 0; });
    },
  })),
  {
    event: 'update to another type, OnDelete keep, rolled back',
    fault: 'another resource failed',
    inDatadog: '#1 v1, #2 v2',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(monitor('v1', {}, { OnDelete: 'keep' }));
      return resource.updateAndRollBack({ ...logMonitor('v2'), OnDelete: 'keep' });
    },
  },
  {
    event: 'update to another type, rolled back',
    fault: 'another resource failed',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(monitor('v1'));
      return resource.updateAndRollBack(logMonitor('v2'));
    },
  },
];
