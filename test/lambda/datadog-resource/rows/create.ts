// SPDX-License-Identifier: Apache-2.0
import { rateLimited, Row } from './row';
import { STACK, StackResource } from '../cloudformation';
import { downtime, monitor, REFUSED_QUERY, slo, wrongMonitor } from '../definitions';
import { APPLICATION_KEY, SECRET } from '../world';

const MAKE = /^POST \/api\/v1\/monitor$/;
const LOST = { inDatadog: '#1 v1', told: 'SUCCESS #1' };

/** A create request whose answer is lost on the way from Datadog. */
const lost = (['reset', 'silence', 'half of a body', 'status 502'] as const).map((after): Row => ({
  event: 'create',
  fault: `made, but the answer is lost: ${after}`,
  ...LOST,
  play: async (world, resource) => {
    world.datadog.fail({ on: MAKE, times: 1, after });
    return resource.create(monitor('v1'));
  },
}));

export const CREATE_ROWS: Row[] = [
  { event: 'create', fault: 'none', ...LOST, play: async (_, resource) => resource.create(monitor('v1')) },
  {
    event: 'create',
    fault: 'Datadog refuses the definition',
    inDatadog: 'nothing',
    told: `FAILED: Datadog answered 400 to POST /api/v1/monitor/validate: ${REFUSED_QUERY}`,
    play: async (_, resource) => resource.create(wrongMonitor('v1')),
  },
  ...lost,
  {
    event: 'create',
    fault: 'something answers 200 instead of Datadog',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, instead: { status: 200, body: { welcome: 'to the proxy' } } });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'a redirection instead of an answer',
    inDatadog: 'nothing',
    told: 'FAILED: Datadog answered 302 to GET /api/v1/monitor',
    play: async (world, resource) => {
      world.datadog.fail({ on: /^GET/, instead: { status: 302, headers: { location: 'https://login.example/' } } });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the connection breaks, made a second later',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, lateMs: 1000 });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the connection breaks, made only with the next attempt',
    inDatadog: '#2 v1',
    told: 'SUCCESS #2',
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, withTheNext: true });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the function dies once it is made; Lambda tries again',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, then: () => world.lambda.kill() });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the function dies before it is made; Lambda tries again',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: /validate$/, times: 1, then: () => world.lambda.kill() });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'CloudFormation cannot be told; Lambda tries again',
    ...LOST,
    play: async (world, resource) => {
      world.responses.failures.push(403);
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'CloudFormation can be told only after a while',
    ...LOST,
    play: async (world, resource) => {
      world.responses.failures.push(503, 0, 500);
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'rate limit for a second',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, times: 1, instead: rateLimited(1) });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'rate limit for longer than there is time',
    inDatadog: 'nothing',
    told: 'FAILED: Datadog answered 429 to POST /api/v1/monitor: Too many requests',
    play: async (world, resource) => {
      world.datadog.fail({ on: MAKE, instead: rateLimited(600) });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'each request fails once with 500',
    ...LOST,
    play: async (world, resource) => {
      [/^GET/, /validate$/, MAKE].forEach((on) => world.datadog.fail({ on, times: 1, instead: { status: 500 } }));
      return resource.create(monitor('v1'), 12_000);
    },
  },
  {
    event: 'create',
    fault: 'Datadog is down',
    inDatadog: 'nothing',
    told: 'FAILED: There was no usable answer of Datadog to GET /api/v1/monitor: status 503',
    play: async (world, resource) => {
      world.datadog.fail({ on: /./, instead: { status: 503 } });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'Datadog says nothing',
    inDatadog: 'nothing',
    told: 'FAILED: There was no usable answer of Datadog to GET /api/v1/monitor: timeout',
    play: async (world, resource) => {
      world.datadog.fail({ on: /^GET/, after: 'silence' });
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the keys are refused',
    inDatadog: 'nothing',
    told: 'FAILED: Datadog answered 403 to GET /api/v1/monitor: Forbidden. The application key needs the permissions: monitors_read and monitors_write',
    play: async (world, resource) => {
      world.datadog.keys.application = 'another one';
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the application key was rotated since the last request',
    inDatadog: '#1 v1, #2 v1',
    told: 'SUCCESS #2',
    play: async (world, resource) => {
      await resource.create(monitor('v1'));
      world.datadog.keys.application = 'fedcba9876543210fedcba9876543210fedcba98';
      world.aws.secrets.set(SECRET, world.aws.secrets.get(SECRET)!.replace(APPLICATION_KEY, world.datadog.keys.application));
      return new StackResource(world, 'Second').create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'the secret has no application key',
    inDatadog: 'nothing',
    told: 'FAILED: There is no usable Datadog application key in the secret of DD_APP_KEY_SECRET_ARN',
    play: async (world, resource) => {
      world.aws.secrets.set(SECRET, JSON.stringify({ 'api-key': 'x' }));
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'there is no secret',
    inDatadog: 'nothing',
    told: 'FAILED: Could not read the secret of DD_API_KEY_SECRET_ARN: secretsmanager at <host>: status 400 ResourceNotFoundException',
    play: async (world, resource) => {
      world.aws.secrets.delete(SECRET);
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'a property is malformed',
    inDatadog: 'nothing',
    told: 'FAILED: \'Kind\' must be one of monitor, slo, downtime, got: \'dashbord\'',
    play: async (_, resource) => resource.create(monitor('v1', {}, { Kind: 'dashbord' })),
  },
  {
    event: 'create',
    fault: 'a stack of the same name has the same resource',
    inDatadog: '#1 theirs, #2 v1',
    told: 'SUCCESS #2',
    play: async (world, resource) => {
      await new StackResource(world, 'HighCpu', STACK.replace('51af', '0000')).create(monitor('theirs'));
      return resource.create(monitor('v1'));
    },
  },
  {
    event: 'create',
    fault: 'an SLO is made, but the answer is lost',
    ...LOST,
    play: async (world, resource) => {
      world.datadog.fail({ on: /^POST \/api\/v1\/slo$/, times: 1, after: 'reset' });
      return resource.create(slo('v1'));
    },
  },
  {
    event: 'create',
    fault: 'a downtime is made, the 41st, but the answer is lost',
    inDatadog: '#41 v1',
    told: 'SUCCESS #41',
    play: async (world, resource) => {
      for (let index = 0; index < 40; index++) {
        world.datadog.downtimes.answer({
          method: 'POST',
          rest: [],
          query: new URLSearchParams(),
          body: { data: { attributes: { message: 'x', scope: '*', monitor_identifier: { monitor_tags: ['*'] } } } },
        });
      }
      world.datadog.downtimes.all.forEach(({ attributes }) => { attributes.status = 'canceled'; });
      world.datadog.fail({ on: /^POST \/api\/v2\/downtime$/, times: 1, after: 'reset' });
      return resource.create(downtime('v1'));
    },
  },
  {
    event: 'create, adopting',
    fault: 'none',
    ...LOST,
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      return resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'keep' }));
    },
  },
  {
    event: 'create, adopting',
    fault: 'there is no such object',
    inDatadog: 'nothing',
    told: 'FAILED: \'AdoptId\' must be the id of an existing monitor, got: \'1001\'',
    play: async (_, resource) => resource.create(monitor('v1', {}, { AdoptId: '1001', OnDelete: 'keep' })),
  },
  {
    event: 'create, adopting',
    fault: 'Datadog refuses the definition',
    inDatadog: '#1 theirs',
    told: `FAILED: Datadog answered 400 to POST /api/v1/monitor/1001/validate: ${REFUSED_QUERY}`,
    play: async (world, resource) => {
      await new StackResource(world, 'Other').create(monitor('theirs'));
      return resource.create({ ...wrongMonitor('v1'), AdoptId: '1001' });
    },
  },
];
