// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as fc from 'fast-check';
import { pureAccount } from './pure-account';
import { featuresOn, ordersOf, platforms } from './scenario';
import { AgentFeature, AgentPlatform } from '../../lib/agent';
import { AgentPlan, AgentPlanOptions, planAgent } from '../../lib/agent/agent-plan';

type Planner = (options: AgentPlanOptions, platform: AgentPlatform) => AgentPlan;

const datadog = pureAccount();
const planner: Planner = (options, platform) => planAgent({ platform, datadog }, options);

const scenario = platforms.chain((platform) => fc.record({
  platform: fc.constant(platform), defaultFeatures: fc.boolean(), orders: ordersOf(featuresOn(platform)),
}));

/** Any order of features gives the same plan, down to the order of its text, since a template must not change with it. */
function orderDoesNotMatter(plan: Planner) {
  return fc.property(scenario, ({ platform, defaultFeatures, orders: [first, second] }) =>
    JSON.stringify(plan({ defaultFeatures, features: first }, platform)) === JSON.stringify(plan({ defaultFeatures, features: second }, platform)));
}

/** Features share paths and ports instead of asking for them twice. */
function nothingTwice(plan: Planner) {
  return fc.property(scenario, ({ platform, defaultFeatures, orders: [given] }) => {
    const { mounts, ports } = plan({ defaultFeatures, features: given }, platform);
    const lists: unknown[][] = [mounts.map(({ containerPath }) => containerPath), ports.map(({ port }) => port)];
    return lists.every((values) => new Set(values).size === values.length);
  });
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
    fc.assert(nothingTwice(planner), { numRuns: 2000 });
  });

  test('which catches a planner that mounts what it mounted before', () => {
    const careless: Planner = (options, platform) => {
      const plan = planner(options, platform);
      return { ...plan, mounts: [...plan.mounts, ...plan.mounts.slice(0, 1)] };
    };
    expect(fc.check(nothingTwice(careless), { numRuns: 2000 }).failed).toBe(true);
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
