// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCloudAssembly } from './cloud-assembly';
import { inspect } from './inspection';
import { renderInventory, renderLogs, renderResult } from './report';

/** Synthesizes the quickstart as a user would, then watches its logs go from a subscription event to an intake on this machine. */
async function main(output: string): Promise<boolean> {
  console.log('Synthesizing examples/quickstart …');
  execFileSync(process.execPath, ['--import', 'tsx', 'examples/quickstart/app.ts'], {
    cwd: join(__dirname, '..'),
    env: { ...process.env, CDK_OUTDIR: output, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
    stdio: 'inherit',
  });

  console.log('Sending log events through the forwarder of its cloud assembly …\n');
  const { inventory, received, checks } = await inspect(readCloudAssembly(output));
  console.log([renderInventory(inventory), renderLogs(received), renderResult(checks)].join('\n\n'));
  return checks.every(({ holds }) => holds);
}

const output = mkdtempSync(join(tmpdir(), 'quickstart-'));
main(output)
  .then((isComplete) => { process.exitCode = isComplete ? 0 : 1; })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(output, { recursive: true }));
