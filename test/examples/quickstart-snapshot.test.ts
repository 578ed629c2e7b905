// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

jest.setTimeout(60_000);

const PROJECT = join(__dirname, '../..');

/** Runs copies of the quickstart and its test, as the test task does: `jest --ci`. Gives back what failed in which copy. */
function runCopies(copies: { readonly [name: string]: (folder: string) => void }): { readonly [name: string]: string[] } {
  const root = mkdtempSync(join(tmpdir(), 'snapshot-'));
  try {
    for (const [name, change] of Object.entries(copies)) {
      cpSync(join(PROJECT, 'examples/quickstart'), join(root, name), { recursive: true });
      change(join(root, name));
    }
    symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
    cpSync(join(PROJECT, '.swcrc'), join(root, '.swcrc'));
    const config = {
      rootDir: root,
      moduleNameMapper: { '^cdk-ecs-datadog$': join(PROJECT, 'lib/index.ts') },
      transform: { '^.+\\.ts$': '@swc/jest' },
    };
    const { stdout } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '--ci', '--json', '--config', JSON.stringify(config)], {
      // A failed comparison of the template says a lot.
      cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
    });
    const { testResults } = JSON.parse(stdout);
    return Object.fromEntries(testResults.map(({ name, assertionResults }: any) => [
      basename(dirname(dirname(name))),
      assertionResults.filter(({ status }: any) => status !== 'passed').map(({ title }: any) => title),
    ]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test('the snapshot of the quickstart passes as it is, and fails on any change and without a reviewed snapshot', () => {
  const failed = runCopies({
    unchanged: () => undefined,
    smaller: (folder) => replace(join(folder, 'quickstart-stack.ts'), 'memoryReservationMiB: 256', 'memoryReservationMiB: 255'),
    tagged: (folder) => replace(join(folder, 'quickstart-stack.ts'), "team: 'shop'", "team: 'shops'"),
    unreviewed: (folder) => rmSync(join(folder, 'test/__snapshots__'), { recursive: true }),
  });
  const snapshot = ['the template is the one that was reviewed'];
  expect(failed).toEqual({ unchanged: [], smaller: snapshot, tagged: snapshot, unreviewed: snapshot });
});
