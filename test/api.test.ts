// SPDX-License-Identifier: Apache-2.0
import * as fs from 'node:fs';
import * as path from 'node:path';
import { API_RULES, ApiType, Assembly } from './api-rules';
import * as library from 'cdk-ecs-datadog';

const ROOT = path.join(__dirname, '..');
const ASSEMBLY = path.join(ROOT, '.jsii');

/** Where a rule does not hold, with the reason. An entry that is not needed fails the test. */
const EXCEPTIONS: { readonly [finding: string]: string } = {
  'AutodiscoveryCheck.instances: any': 'the configuration of an integration is JSON of its own, as deep as it likes',
  'AutodiscoveryCheck.initConfig: any': 'the configuration of an integration is JSON of its own, as deep as it likes',
  'IntegrationOptions.settings: any': 'the configuration of an integration is JSON of its own, as deep as it likes',
  ...Object.fromEntries([
    'DatadogExportProps.json', 'DatadogMonitorBaseProps.options', 'DatadogMonitorBaseProps.additionalFields', 'DatadogSloProps.additionalFields',
    'DatadogDowntimeProps.additionalFields', 'DatadogAlertOptions.monitorOptions',
  ].map((property) => [`${property}: any`, 'the API of Datadog takes JSON of its own here, as deep as it likes'])),
};

/** The assembly that `npm test` compiles first. A stale one would pass what is not there any more. */
function readAssembly(): Assembly {
  if (!fs.existsSync(ASSEMBLY)) {
    throw new Error(".jsii is missing: run 'npx projen compile'");
  }
  const compiled = fs.statSync(ASSEMBLY).mtimeMs;
  const newer = sources(path.join(ROOT, 'lib')).find((file) => fs.statSync(file).mtimeMs > compiled);
  if (newer) {
    throw new Error(`${path.relative(ROOT, newer)} is newer than .jsii: run 'npx projen compile'`);
  }
  return JSON.parse(fs.readFileSync(ASSEMBLY, 'utf-8'));
}

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf-8' }).filter((file) => file.endsWith('.ts')).map((file) => path.join(folder, file));
}

describe('the API', () => {
  let assembly: Assembly;
  beforeAll(() => {
    assembly = readAssembly();
  });

  test.each(Object.entries(API_RULES))('%s', (_rule, check) => {
    expect(check(assembly).filter((finding) => !(finding in EXCEPTIONS))).toEqual([]);
  });

  test('has no exception that is not needed', () => {
    const findings = Object.values(API_RULES).flatMap((check) => check(assembly));
    expect(Object.keys(EXCEPTIONS).filter((finding) => !findings.includes(finding))).toEqual([]);
  });

  test('is what lib/index.ts exports, no more and no less', () => {
    const compiled = Object.values(assembly.types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
    expect(Object.keys(library).sort()).toEqual(compiled.sort());
  });
});

test('what a folder of lib exports, lib/index.ts exports too', () => {
  const lib = path.join(ROOT, 'lib');
  const folders = fs.readdirSync(lib).filter((folder) => folder !== 'private' && fs.existsSync(path.join(lib, folder, 'index.ts')));
  expect(folders).toContain('datadog');
  // Imported by path, since it has to hold for a folder that comes later, too.
  const missing = folders.flatMap((folder) => Object.keys(jest.requireActual(path.join(lib, folder))).filter((name) => !(name in library)));
  expect(missing).toEqual([]);
});

describe('each rule can fail', () => {
  const text = { primitive: 'string' };
  const documented = { summary: 'A thing.' };

  function assemblyOf(type: Partial<ApiType>): Assembly {
    return { types: { 'x.Thing': { name: 'Thing', kind: 'class', docs: documented, ...type } } };
  }
  function structOf(property: object): Assembly {
    return assemblyOf({ kind: 'interface', datatype: true, properties: [{ name: 'size', type: text, docs: documented, immutable: true, ...property }] });
  }
  function methodOf(parameter: object, returns: object = text): Assembly {
    return assemblyOf({ methods: [{ name: 'add', docs: documented, parameters: [{ name: 'what', type: parameter }], returns: { type: returns } }] });
  }
  const union = { union: { types: [text, { primitive: 'number' }] } };
  const any = { primitive: 'any' };

  const planted: [keyof typeof API_RULES, string, Assembly, string][] = [
    ['every optional property of a struct says its default', 'none', structOf({ optional: true }), "Thing.size: @default is ''"],
    ['every optional property of a struct says its default', 'empty',
      structOf({ optional: true, docs: { ...documented, default: '- ' } }), "Thing.size: @default is '- '"],
    ['every optional property of a struct says its default', 'undefined',
      structOf({ optional: true, docs: { ...documented, default: 'undefined' } }), "Thing.size: @default is 'undefined'"],
    ['every property of a struct is read only', 'mutable', structOf({ immutable: undefined }), 'Thing.size: can be set'],
    ['everything public has a docstring', 'type', assemblyOf({ docs: { } }), 'Thing: no docstring'],
    ['everything public has a docstring', 'property', structOf({ docs: undefined }), 'Thing.size: no docstring'],
    ['everything public has a docstring', 'enum value', assemblyOf({ kind: 'enum', members: [{ name: 'BIG' }] }), 'Thing.BIG: no docstring'],
    ['no type is a union', 'property', structOf({ type: union }), 'Thing.size: a union'],
    ['no type is a union', 'in a list', structOf({ type: { collection: { elementtype: union } } }), 'Thing.size: a union'],
    ['no type is a union', 'parameter', methodOf(union), 'Thing.add(what): a union'],
    ['no type is a union', 'return', methodOf(text, union), 'Thing.add: a union'],
    ['no type is any', 'in a map', structOf({ type: { collection: { elementtype: any } } }), 'Thing.size: any'],
    ['no type is any', 'constructor', assemblyOf({ initializer: { parameters: [{ name: 'x', type: any }] } }), 'Thing.constructor(x): any'],
    ...['thing', 'CfnThing', 'ThingFunction', 'ThingFunctionProps'].map((name) => [
      'nothing generated or internal leaks', name, assemblyOf({ name }), `${name}: no name for a public thing`,
    ] as [string, string, Assembly, string]),
    ['nothing generated or internal leaks', 'member', structOf({ name: '_size' }), 'Thing._size: no name for a public thing'],
  ];

  test.each(planted)('%s: %s', (rule, _what, assembly, finding) => {
    expect(API_RULES[rule](assembly)).toEqual([finding]);
  });

  test('no rule is left out', () => {
    expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(Object.keys(API_RULES)));
  });

  test('and each passes what is right', () => {
    const right = structOf({ optional: true, docs: { ...documented, default: '- as small as it gets' } });
    expect(Object.values(API_RULES).flatMap((check) => check(right))).toEqual([]);
  });
});
