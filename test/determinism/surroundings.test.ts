// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT, Surroundings, synthesizeExample } from './synthesized-example';
import { EXAMPLE_NAMES, synthesize } from '../examples/examples';

/** What a checkout holds that a synthesis reads. */
const SOURCES = ['lib', 'examples', 'assets', 'package.json', 'tsconfig.json', 'tsconfig.dev.json'];

// Everything in here starts a process of its own.
jest.setTimeout(60_000);

let otherCheckout: string;
beforeAll(() => {
  otherCheckout = mkdtempSync(join(tmpdir(), 'other checkout '));
  SOURCES.forEach((name) => cpSync(join(PROJECT, name), join(otherCheckout, name), { recursive: true }));
  symlinkSync(join(PROJECT, 'node_modules'), join(otherCheckout, 'node_modules'));
});
afterAll(() => rmSync(otherCheckout, { recursive: true }));

describe.each(EXAMPLE_NAMES)('the example %s', (name) => {
  let expected: { readonly [file: string]: string };
  beforeAll(() => { expected = synthesizeExample(name); });

  const cases: [string, () => Surroundings][] = [
    ['in a second run, into another output folder', () => ({})],
    ['in another working folder', () => ({ workingFolder: tmpdir() })],
    ['in another checkout', () => ({ project: otherCheckout })],
    ['in other time zones and locales', () => ({ environment: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } })],
    ['in the C locale', () => ({ environment: { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' } })],
  ];
  test.each(cases)('has the same templates and asset manifests %s', (_where, surroundings) => {
    expect(synthesizeExample(name, surroundings())).toEqual(expected);
  });

  test('is what the other tests look at', () => {
    const templates = synthesize(name).assembly.stacks.map(({ templateFile, template }) => [templateFile, template]);
    const fromApp = Object.entries(expected).filter(([file]) => file.endsWith('.template.json')).map(([file, text]) => [file, JSON.parse(text)]);
    expect(Object.fromEntries(templates)).toEqual(Object.fromEntries(fromApp));
  });
});

test('a difference would be seen', () => {
  const withFlag = { CDK_CONTEXT_JSON: JSON.stringify({ '@aws-cdk/aws-iam:minimizePolicies': true }) };
  expect(synthesizeExample('quickstart', { environment: withFlag })).not.toEqual(synthesizeExample('quickstart'));
});
