// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkForwarder, checkInventory, checkLogs } from './checks';
import { readCloudAssembly } from './cloud-assembly';
import { ForwarderInAssembly, findForwarder, invokeForwarder } from './lambda-invocation';
import { ReceivedLog, startLocalIntake } from './local-intake';
import { LogEventCase, logEventCases } from './log-events';
import { renderInventory, renderLogs, renderResult } from './report';
import { takeInventory } from './service-inventory';

/** Synthesizes the quickstart as a user would, then watches its logs go from a subscription event to an intake on this machine. */
async function main(): Promise<boolean> {
  const project = join(__dirname, '..');
  const output = mkdtempSync(join(tmpdir(), 'quickstart-'));
  console.log('Synthesizing examples/quickstart …');
  execFileSync(process.execPath, ['--import', 'tsx', 'examples/quickstart/app.ts'], {
    cwd: project,
    env: { ...process.env, CDK_OUTDIR: output, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
    stdio: 'inherit',
  });
  const assembly = readCloudAssembly(output);
  const inventory = takeInventory(assembly);
  console.log(`\n${renderInventory(inventory)}\n`);

  const cases = logEventCases(inventory);
  const forwarder = findForwarder(assembly);
  console.log(`Invoking the forwarder's asset with ${cases.length} subscription events …\n`);
  const received = forwarder ? await deliver(forwarder, cases) : [];
  console.log(`${renderLogs(received)}\n`);

  const checks = [...checkInventory(inventory), ...checkForwarder(forwarder), ...checkLogs(inventory, cases, received)];
  console.log(renderResult(checks));
  rmSync(output, { recursive: true });
  return checks.every(({ holds }) => holds);
}

async function deliver(forwarder: ForwarderInAssembly, cases: LogEventCase[]): Promise<ReceivedLog[]> {
  const intake = await startLocalIntake();
  try {
    await invokeForwarder(forwarder, intake.url, cases.map(({ event }) => event));
    return intake.received;
  } finally {
    await intake.close();
  }
}

main().then(
  (isComplete) => { process.exitCode = isComplete ? 0 : 1; },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
