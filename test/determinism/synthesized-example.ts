// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const PROJECT = join(__dirname, '../..');

/** What should make no difference to a template. */
export interface Surroundings {
  /** Another node than the one that runs this. */
  readonly node?: string;
  /** Another checkout of the project. */
  readonly project?: string;
  readonly workingFolder?: string;
  readonly environment?: { readonly [name: string]: string };
}

/** Runs an example's `app.ts` as the CDK's command line would, and gives back what decides on a deployment: templates and asset manifests, byte for byte. */
export function synthesizeExample(name: string, surroundings: Surroundings = {}): { readonly [file: string]: string } {
  const { node = process.execPath, project = PROJECT, workingFolder = project, environment = {} } = surroundings;
  const output = mkdtempSync(join(tmpdir(), `determinism-${name}-`));
  try {
    execFileSync(node, ['--import', pathToFileURL(require.resolve('tsx')).href, join(project, 'examples', name, 'app.ts')], {
      cwd: workingFolder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, CDK_OUTDIR: output, TSX_TSCONFIG_PATH: join(project, 'tsconfig.dev.json') },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const files = readdirSync(output).filter((file) => /\.(template|assets)\.json$/.test(file)).sort();
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(output, file), 'utf8')]));
  } finally {
    rmSync(output, { recursive: true });
  }
}
