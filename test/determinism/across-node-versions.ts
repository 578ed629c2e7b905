// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { synthesizeExample } from './synthesized-example';
import { EXAMPLE_NAMES } from '../examples/examples';

/**
 * All that are supported. They come from npm, so this is a stage of the CI run and no unit test:
 * `npx tsx --tsconfig tsconfig.dev.json test/determinism/across-node-versions.ts`
 */
const VERSIONS = ['20', '22', '24'];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function nodePath(version: string): string {
  if (process.versions.node.startsWith(`${version}.`)) {
    return process.execPath;
  }
  return execFileSync('npx', ['--yes', '--package', `node@${version}`, '--', 'node', '-p', 'process.execPath'], { encoding: 'utf8' }).trim();
}

const results = VERSIONS.map((version) => {
  const node = nodePath(version);
  const started = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  say(`synthesizing ${EXAMPLE_NAMES.join(', ')} on Node.js ${started} …`);
  if (!started.startsWith(`v${version}.`)) {
    throw new Error(`node must be of version ${version}, got: ${started} at ${node}`);
  }
  return { version, files: Object.assign({}, ...EXAMPLE_NAMES.map((name) => synthesizeExample(name, { node }))) as { [file: string]: string } };
});

const [first, ...others] = results;
const different = others.flatMap(({ version, files }) =>
  [...new Set([...Object.keys(first.files), ...Object.keys(files)])].filter((file) => files[file] !== first.files[file])
    .map((file) => `${file} differs between Node.js ${first.version} and ${version}`));
say(different.join('\n') || `OK: ${Object.keys(first.files).length} templates and asset manifests are the same on Node.js ${VERSIONS.join(', ')}`);
process.exitCode = different.length > 0 ? 1 : 0;
