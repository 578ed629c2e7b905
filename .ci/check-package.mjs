// SPDX-License-Identifier: Apache-2.0
// What the packed tarball holds: everything a user needs, nothing of the workshop. Usage: node .ci/check-package.mjs <tarball>
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const REQUIRED = ['package.json', 'README.md', 'API.md', 'LICENSE', '.jsii', 'build/index.js', 'build/index.d.ts', 'assets/lambda/log-forwarder/index/index.js'];
const FORBIDDEN = [
  [/(?<!\.d)\.ts$/, 'TypeScript source'],
  [/^(lib|lambda|test|examples|demo|docs|rosetta|node_modules|dist|coverage|\.github|\.projen|\.projenrc|\.ci)\//, 'folder of the workshop'],
  [/^build\/.*\/.*\.js$/, 'module that build/index.js holds already'],
  [/\.(tgz|map|tsbuildinfo|log)$/, 'by-product'],
  [/(^|\/)(cdk\.out|\.npmrc|\.env[^/]*|tsconfig.*\.json|jest\.config\.json|\.swcrc|\.eslintrc\.json|\.jsii\.tabl\.json)(\/|$)/, 'configuration'],
];

const [tarball] = process.argv.slice(2);
const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf-8' }).split('\n')
  .filter((file) => file && !file.endsWith('/'))
  .map((file) => file.replace(/^package\//, ''));
const problems = [
  ...REQUIRED.filter((file) => !files.includes(file)).map((file) => `${file}: missing`),
  ...files.flatMap((file) => FORBIDDEN.filter(([pattern]) => pattern.test(file)).map(([, what]) => `${file}: ${what}`)),
];

const directory = mkdtempSync(join(tmpdir(), 'package-'));
try {
  execFileSync('tar', ['-xzf', tarball, '-C', directory]);
  const root = process.cwd();
  for (const file of files) {
    const content = readFileSync(join(directory, 'package', file), 'utf-8');
    const map = /sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)/.exec(content);
    const text = map ? content + Buffer.from(map[1], 'base64').toString('utf-8') : content;
    if ([`${root}/`, `${homedir()}/`].some((path) => text.includes(path))) {
      problems.push(`${file}: a path of this machine`);
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}

problems.forEach((problem) => console.error(problem));
console.log(`${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
