// SPDX-License-Identifier: Apache-2.0
// Makes one file, build/index.js, of everything that jsii compiled, where an exported class is loaded when it is first used: an app
// pays for the parts that it takes. Types and API stay as jsii wrote them.
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const BUILD = resolve('build');
const INDEX = join(BUILD, 'index.js');

/** The names that the library exports at run time, each with the module that defines it. */
function exportsOf(index: string): [name: string, module: string][] {
  const load = createRequire(index);
  const library = load(index);
  const modules = Object.values(load.cache).flatMap((module) => module?.filename.startsWith(BUILD) ? [module] : []);
  return Object.keys(library).sort().map((name) => {
    const owner = modules.find(({ exports }) => Object.getOwnPropertyDescriptor(exports, name)?.value === library[name]);
    if (!owner) {
      throw new Error(`no module in ${BUILD} defines '${name}'`);
    }
    return [name, relative(BUILD, owner.filename)];
  });
}

const names = exportsOf(INDEX);
// Through a function: a getter that Node.js reads here and does not understand would hide the name from ES modules.
const entry = [
  'const lazy = (name, get) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });',
  ...names.map(([name, module]) => `lazy('${name}', () => require('./${module}').${name});`),
];
buildSync({
  stdin: { contents: entry.join('\n'), resolveDir: BUILD, sourcefile: 'index.js' },
  outfile: INDEX,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  keepNames: true,
  external: ['aws-cdk-lib', 'constructs'],
  // What Node.js reads to find the names that an ES module may import.
  footer: { js: `0 && (module.exports = { ${names.map(([name]) => name).join(', ')} });` },
  logLevel: 'warning',
});
for (const file of readdirSync(BUILD, { recursive: true, encoding: 'utf-8' })) {
  if (file.endsWith('.js') && file !== 'index.js') {
    rmSync(join(BUILD, file));
  }
}
console.log(`build/index.js: ${names.length} exports`);
