// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { BUNDLE } from './lambda-process';

test('the bundle exports nothing but the handler, and does nothing when it is loaded', () => {
  const script = `const started = process.getActiveResourcesInfo().length;
    const exported = Object.keys(require(${JSON.stringify(BUNDLE)}));
    const active = process.getActiveResourcesInfo().length - started;
    process.stdout.write(JSON.stringify({ exported, active }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: {} });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ exported: ['handler'], active: 0 });
});

test('it is small, and holds nothing of the package but its version', () => {
  expect(statSync(BUNDLE).size).toBeLessThan(60 * 1024);
  expect(readFileSync(BUNDLE, 'utf8')).not.toMatch(/devDependencies|peerDependencies/);
});

test('it does not wake up the built-in fetch, which costs tens of milliseconds and knows no proxy', () => {
  expect(readFileSync(BUNDLE, 'utf8')).not.toMatch(/\bfetch\(/);
});
