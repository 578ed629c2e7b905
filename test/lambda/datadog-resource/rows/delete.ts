// SPDX-License-Identifier: Apache-2.0
import { rateLimited, Row } from './row';
import { STACK, StackResource } from '../cloudformation';
import { downtime, monitor, slo, wrongMonitor } from '../definitions';
import { SECRET } from '../world';

const MAKE = /^POST \/api\/v1\/monitor$/;
const REMOVE = /^DELETE \/api\/v1\/monitor\/1001$/;
const DELETED = { inDatadog: 'nothing', told: 'SUCCESS #1' };

export const DELETE_ROWS: Row[] = [
  ...[monitor('v1'), slo('v1'), downtime('v1')].map((properties): Row => ({
    event: `delete of a ${properties.Kind}`,
    fault: 'none',
    ...DELETED,
    play: async (_, resource) => {
      await resource.create(properties);
      return resource.delete();
    },
  })),
  {
    event: 'delete',
    fault: 'somebody has deleted it',
    ...DELETED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.monitors.live.clear();
      return resource.delete();
    },
  },
  {
    event: 'delete',
    fault: 'deleted, but the answer is lost',
    ...DELETED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: REMOVE, times: 1, after: 'reset' });
      return resource.delete();
    },
  },
  {
    event: 'delete',
    fault: 'rate limit for a second',
    ...DELETED,
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: REMOVE, times: 1, instead: rateLimited(1) });
      return resource.delete();
    },
  },
  {
    event: 'delete',
    fault: 'somebody\'s composite monitor refers to it',
    inDatadog: '#1 v1, #2 theirs',
    told: 'FAILED: Datadog answered 400 to DELETE /api/v1/monitor/1001: monitor [1001] is referenced in composite monitors: [1002]',
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      await new StackResource(world, 'Other').create(monitor('theirs', { type: 'composite', query: '1001 && 1001' }));
      return resource.delete();
    },
  },
  {
    event: 'delete',
    fault: 'Datadog is down',
    inDatadog: '#1 v1',
    told: 'FAILED: There was no usable answer of Datadog to GET /api/v1/monitor/1001: status 503',
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.fail({ on: /./, instead: { status: 503 } });
      return resource.delete();
    },
  },
  {
    event: 'delete, OnDelete keep',
    fault: 'none',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (_, resource) => {
      await resource.create(monitor('v1', {}, { OnDelete: 'keep' }));
      return resource.delete();
    },
  },
  {
    event: 'delete of an adopted one',
    fault: 'none',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'keep' }));
      return resource.delete();
    },
  },
  {
    event: 'delete of an adopted one',
    fault: 'OnDelete is delete',
    inDatadog: 'nothing',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'delete' }));
      return resource.delete();
    },
  },
  ...[monitor, slo, downtime].map((definition): Row => ({
    event: `delete of a ${definition('v1').Kind}`,
    fault: 'another resource has adopted it',
    inDatadog: '#1 v2',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await resource.create(definition('v1'));
      await new StackResource(world, 'Renamed').create({ ...definition('v2'), AdoptId: resource.physicalId, OnDelete: 'keep' });
      return resource.delete();
    },
  })),
  {
    event: 'create, rolled back',
    fault: 'Datadog refuses the definition',
    inDatadog: 'nothing',
    told: 'SUCCESS not-created',
    play: async (_, resource) => {
      await resource.create(wrongMonitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'there are no keys, then or now',
    inDatadog: 'nothing',
    told: 'SUCCESS perhaps-created/…',
    play: async (world, resource) => {
      world.aws.secrets.delete(SECRET);
      await resource.create(monitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'the keys are refused, then and now',
    inDatadog: 'nothing',
    told: 'SUCCESS perhaps-created/…',
    play: async (world, resource) => {
      world.datadog.keys.application = 'another one';
      await resource.create(monitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'the function dies once it is made; Lambda tries again, and is refused for a while',
    inDatadog: 'nothing',
    told: 'SUCCESS perhaps-created/…',
    play: async (world, resource) => {
      world.datadog.fail({
        on: MAKE,
        times: 1,
        then: () => {
          world.datadog.fail({ on: /^GET/, times: 1, instead: rateLimited(600) });
          world.lambda.kill();
        },
      });
      await resource.create(monitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'the function dies once it is made; Lambda tries again, and the keys cannot be read for a while',
    inDatadog: 'nothing',
    told: 'SUCCESS perhaps-created/…',
    play: async (world, resource) => {
      const secret = world.aws.secrets.get(SECRET)!;
      world.datadog.fail({
        on: MAKE,
        times: 1,
        then: () => {
          world.aws.secrets.delete(SECRET);
          world.lambda.kill();
        },
      });
      await resource.create(monitor('v1'));
      world.aws.secrets.set(SECRET, secret);
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'made, then Datadog is down until the rollback',
    inDatadog: 'nothing',
    told: 'SUCCESS perhaps-created/…',
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, after: 'reset', then: () => world.datadog.fail({ on: /./, instead: { status: 503 } }) });
      await resource.create(monitor('v1'));
      world.datadog.faults.length = 0;
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'CloudFormation never hears of it, and thinks of an id',
    inDatadog: '#1 theirs',
    told: 'SUCCESS Shop-HighCpu-1KC2DAJSDHJ3',
    play: async (world, resource) => {
      // Of a stack of the same name.
      await new StackResource(world, 'HighCpu', STACK.replace('51af', '0000')).create(monitor('theirs'));
      world.responses.failures.push(403, 403, 403);
      await resource.create(monitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, rolled back',
    fault: 'the same, and an earlier one of the same name was kept',
    inDatadog: '#1 kept',
    told: 'SUCCESS Shop-HighCpu-1KC2DAJSDHJ3',
    play: async (world, resource) => {
      await resource.create(monitor('kept', {}, { OnDelete: 'keep' }));
      await resource.delete();
      world.responses.failures.push(403, 403, 403);
      await resource.create(monitor('v1'));
      return resource.delete();
    },
  },
  {
    event: 'create, adopting, rolled back',
    fault: 'another resource failed',
    inDatadog: '#1 v1',
    told: 'SUCCESS #1',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'keep' }));
      return resource.delete();
    },
  },
  {
    event: 'create, adopting, rolled back',
    fault: 'Datadog refuses the definition, and OnDelete is delete',
    inDatadog: '#1 theirs',
    told: 'SUCCESS not-created',
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      await resource.create({ ...wrongMonitor('v1'), AdoptId: '1001', OnDelete: 'delete' });
      return resource.delete();
    },
  },
];
