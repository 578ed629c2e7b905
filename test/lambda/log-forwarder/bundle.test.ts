// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_KEY, Scenario } from './scenario';
import { lambdaContext, subscriptionEvent } from './subscription';

const BUNDLE = join(__dirname, '../../../assets/lambda/log-forwarder/index/index.js');

/** The handler as it is deployed. The test task makes the bundle first; without one these tests fail. */
describe('the bundled handler', () => {
  let scenario: Scenario;
  let directory: string;
  beforeEach(async () => {
    scenario = await Scenario.start();
    directory = mkdtempSync(join(tmpdir(), 'log-forwarder-bundle-'));
    copyFileSync(BUNDLE, join(directory, 'index.js'));
  });
  afterEach(async () => {
    ['DD_LOGS_INTAKE_URL', 'DD_API_KEY', 'DD_S3_BUCKET_NAME'].forEach((name) => delete process.env[name]);
    rmSync(directory, { recursive: true });
    await scenario.stop();
  });

  test('forwards, with the identities that lie beside it, and prints one line', async () => {
    writeFileSync(join(directory, 'identities.json'), JSON.stringify({ ToDatadog: { service: 'beside', source: 'java' } }));
    Object.assign(process.env, { DD_LOGS_INTAKE_URL: scenario.intake.url, DD_API_KEY: API_KEY });
    const { handler } = await import(join(directory, 'index.js'));
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await handler(subscriptionEvent(['hello']), lambdaContext());
    const printed = stdout.mock.calls.map(([text]) => String(text));
    jest.restoreAllMocks();
    expect(scenario.intake.accepted).toEqual([expect.objectContaining({ message: 'hello', service: 'beside', ddsource: 'java' })]);
    expect(printed).toEqual([expect.stringMatching(/^\{"_aws":.*"ForwardedLogs":1.*\}\n$/)]);
  });

  test('exports nothing but the handler, and does nothing when it is loaded', () => {
    const script = `const started = process.getActiveResourcesInfo().length;
      const exported = Object.keys(require(${JSON.stringify(BUNDLE)}));
      const active = process.getActiveResourcesInfo().length - started;
      process.stdout.write(JSON.stringify({ exported, active }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: {} });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ exported: ['handler'], active: 0 });
  });

  test('is small, and holds nothing of the package but its version', () => {
    expect(statSync(BUNDLE).size).toBeLessThan(150 * 1024);
    expect(readFileSync(BUNDLE, 'utf8')).not.toMatch(/devDependencies|peerDependencies/);
  });
});
