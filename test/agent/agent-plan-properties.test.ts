// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as fc from 'fast-check';
import { pureAccount } from './pure-account';
import { AgentFeature, AgentPlatform, AgentTransport } from '../../lib/agent';
import { AgentPlan, AgentPlanOptions, planAgent } from '../../lib/agent/agent-plan';

type Planner = (options: AgentPlanOptions, platform: AgentPlatform) => AgentPlan;

const datadog = pureAccount();
const planner: Planner = (options, platform) => planAgent({ platform, datadog }, options);

const transport = fc.constantFrom(undefined, AgentTransport.UNIX_SOCKET, AgentTransport.NETWORK);

/** Some of the features that work everywhere, each once, with any options. */
const features = fc.tuple(
  fc.option(transport.map((value) => AgentFeature.apm({ transport: value }))),
  fc.option(fc.record({ transport, originDetection: fc.boolean() }).map(AgentFeature.dogStatsD)),
  fc.option(fc.boolean().map((stripArguments) => AgentFeature.processes({ stripArguments }))),
  fc.option(fc.constant(AgentFeature.ecsExplorer())),
).map((chosen) => chosen.filter((feature) => feature !== null));

const scenario = fc.record({
  platform: fc.constantFrom(AgentPlatform.EC2_DAEMON, AgentPlatform.FARGATE_SIDECAR),
  defaultFeatures: fc.boolean(),
  // Two orders of the same features, some of them given twice.
  orders: features.chain((once) => {
    const twice = [...once, ...once];
    const order = fc.shuffledSubarray(twice, { minLength: twice.length });
    return fc.tuple(order, order);
  }),
});

/** Any order of features gives the same plan, down to the order of its text, since a template must not change with it. */
function orderDoesNotMatter(plan: Planner) {
  return fc.property(scenario, ({ platform, defaultFeatures, orders: [first, second] }) =>
    JSON.stringify(plan({ defaultFeatures, features: first }, platform)) === JSON.stringify(plan({ defaultFeatures, features: second }, platform)));
}

describe('properties of a plan (a failure prints the seed that repeats it)', () => {
  test('the order of features does not change it', () => {
    fc.assert(orderDoesNotMatter(planner), { numRuns: 2000 });
  });

  test('which catches a planner that keeps the order it was given', () => {
    const careless: Planner = (options, platform) => ({ ...planner(options, platform), features: (options.features ?? []).map(({ name }) => name) });
    expect(fc.check(orderDoesNotMatter(careless), { numRuns: 2000 }).failed).toBe(true);
  });

  test('no path is mounted twice and no port opened twice', () => {
    fc.assert(fc.property(scenario, ({ platform, defaultFeatures, orders: [given] }) => {
      const plan = planner({ defaultFeatures, features: given }, platform);
      for (const values of [plan.mounts.map((m) => m.containerPath), plan.mounts.map((m) => m.volumeName), plan.ports.map((p) => p.port)]) {
        expect(new Set<unknown>(values).size).toBe(values.length);
      }
    }), { numRuns: 1000 });
  });
});

describe('a plan is data of its own', () => {
  const ownPort = { ports: [{ port: 4317, protocol: ecs.Protocol.TCP }] };

  class OwnFeature extends AgentFeature {
    public readonly name = 'own';
    constructor(private readonly config: object) {
      super();
    }

    public bind() {
      return this.config;
    }
  }

  /** Every object of a plan that could still be written to. */
  function unfrozen(value: unknown, path = 'plan'): string[] {
    if (value === null || typeof value !== 'object') {
      return [];
    }
    return [...(Object.isFrozen(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, inner]) => unfrozen(inner, `${path}.${key}`))];
  }

  test('frozen to the last object', () => {
    expect(unfrozen(planner({ features: [AgentFeature.processes(), new OwnFeature(ownPort)] }, AgentPlatform.EC2_DAEMON))).toEqual([]);
    expect(unfrozen({ a: [{}] })).toEqual(['plan', 'plan.a', 'plan.a.0']);
  });

  test("leaves the caller's objects as they were, and writable", () => {
    const config = {
      environment: { DD_OWN: '1' },
      mounts: [{ volumeName: 'own', hostPath: '/own', containerPath: '/own' }],
      ports: [{ port: 4317, protocol: ecs.Protocol.TCP }],
      applicationEnvironment: { OWN: '1' },
      applicationMounts: [{ volumeName: 'own', hostPath: '/own', containerPath: '/own' }],
    };
    const options = { features: [new OwnFeature(config)], tags: { team: 'shop' }, environment: { DD_LOG_LEVEL: 'debug' } };
    const before = JSON.stringify({ options, config });
    planner(options, AgentPlatform.EC2_DAEMON);
    expect(JSON.stringify({ options, config })).toBe(before);
    const given = [options, ...Object.values(options), config, ...Object.values(config), config.mounts[0], config.ports[0]];
    for (const value of given) {
      expect(Object.isFrozen(value)).toBe(false);
    }
  });
});
