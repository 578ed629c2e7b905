// SPDX-License-Identifier: Apache-2.0
import { Row } from './row';
import { downtime, logMonitor, monitor, slo, wrongMonitor } from '../definitions';

const MAKE = /^POST \/api\/v1\/monitor$/;
const CHANGE = /^PUT \/api\/v1\/monitor\/1001$/;

export const ROLLBACK_ROWS: Row[] = [
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
