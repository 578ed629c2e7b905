// SPDX-License-Identifier: Apache-2.0
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as library from 'cdk-ecs-datadog';

test('documentation snippets may name everything that the library exports', () => {
  const fixture = fs.readFileSync(path.join(__dirname, '..', 'rosetta', 'default.ts-fixture'), 'utf-8');
  const [, imported] = /import \{([^}]*)\} from 'cdk-ecs-datadog';/.exec(fixture)!;
  expect(imported.split(',').map((name) => name.trim()).filter(Boolean)).toEqual(Object.keys(library).sort());
});
