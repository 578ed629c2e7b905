// SPDX-License-Identifier: Apache-2.0
import * as fc from 'fast-check';
import { RULES } from './rendered-rules';
import { Rendering, Scenario, render } from './rendered-scenario';
import { featuresOn, platforms } from './scenario';
import { AgentPlatform } from '../../lib/agent';
import { definitionOf } from '../../lib/agent/platforms/platforms';

jest.setTimeout(300_000);

const RUNS = 1200;
const value = fc.stringMatching(/^[a-z0-9]{1,8}$/);

const scenarios: fc.Arbitrary<Scenario> = platforms.chain((platform) => fc.record({
  platform: fc.constant(platform),
  features: featuresOn(platform),
  defaultFeatures: fc.boolean(),
  readonlyRootFilesystem: definitionOf(platform).runsWindows ? fc.constant(false) : fc.boolean(),
  environment: fc.dictionary(fc.constantFrom('DD_LOG_LEVEL', 'DD_APM_ENABLED', 'DD_HOSTNAME_FILE', 'DD_LOGS_ENABLED'), value),
  secrets: fc.subarray(['DD_APP_KEY', 'DD_PROXY_HTTPS', 'DD_USE_DOGSTATSD']),
  tags: fc.dictionary(fc.constantFrom('team', 'tier'), value),
  ownEnvironment: fc.dictionary(fc.constantFrom('DD_ENV', 'DD_SERVICE', 'DD_VERSION', 'DD_AGENT_HOST', 'DD_TRACE_AGENT_URL', 'DD_TAGS', 'PORT'), value),
}));

/** One rendering of each scenario serves all rules. */
const renderings: Rendering[] = [];
let seed = 0;

beforeAll(() => {
  seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  for (const scenario of fc.sample(scenarios, { numRuns: RUNS, seed })) {
    renderings.push(render(scenario));
  }
});

/** What says which scenario failed, and how to have it again. */
function counterexample(holds: (rendering: Rendering) => boolean): string | undefined {
  const found = renderings.find((rendering) => !holds(rendering));
  return found && `FC_SEED=${seed}: ${JSON.stringify(found.scenario)}`;
}

test('every platform is among the cases', () => {
  expect(new Set(renderings.map(({ scenario }) => scenario.platform)).size).toBe(Object.values(AgentPlatform).length);
  expect(renderings).toHaveLength(RUNS);
});

describe.each(RULES)('$name', ({ holds, plant }) => {
  test('in every rendering', () => {
    expect(counterexample(holds)).toBeUndefined();
  });

  test('which a planted mistake breaks', () => {
    expect(counterexample((rendering) => holds(plant(rendering)))).toBeDefined();
  });
});

describe('asking twice', () => {
  const once = ({ tasks }: Rendering) => JSON.stringify(tasks);

  test('gives what asking once gives', () => {
    expect(counterexample((rendering) => once(render(rendering.scenario, 2)) === once(rendering))).toBeUndefined();
  });

  test('which a planted mistake breaks', () => {
    expect(counterexample((rendering) => JSON.stringify([...rendering.tasks, ...rendering.tasks]) === once(rendering))).toBeDefined();
  });
});
