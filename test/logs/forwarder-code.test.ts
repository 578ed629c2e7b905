// SPDX-License-Identifier: Apache-2.0
import * as fs from 'fs';
import * as path from 'path';
import { App, BootstraplessSynthesizer, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, NestedStack, Stack, Stage, StackSynthesizer } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { codeOf, forwarderIn, identitiesOf, newApp } from './fixture';

function forwarding(app: App, groups: string[], synthesizer?: StackSynthesizer): Stack {
  const stack = new Stack(app, 'Stack', { synthesizer });
  const forwarder = forwarderIn(stack);
  groups.forEach((id) => forwarder.addLogGroup(new logs.LogGroup(stack, id), { service: id.toLowerCase(), tags: { b: '2', a: '1' } }));
  return stack;
}

function manifestOf(directory: string, artifact: string): Record<string, any> {
  return JSON.parse(fs.readFileSync(path.join(directory, `${artifact}.assets.json`), 'utf8')).files;
}

describe('the code asset', () => {
  test('is the handler alone where nothing is known', () => {
    const app = newApp();
    const stack = forwarding(app, []);
    const { files, identities } = codeOf(stack, app.synth());
    expect(files).toEqual(['index.js']);
    expect(identities).toBeUndefined();
  });

  test.each([
    ['DefaultStackSynthesizer', () => new DefaultStackSynthesizer()],
    ['CliCredentialsStackSynthesizer', () => new CliCredentialsStackSynthesizer()],
  ])('with %s is a zip directory of the manifest, at the address that the template names', (_name, synthesizer) => {
    const app = newApp();
    const stack = forwarding(app, ['Group'], synthesizer());
    const assembly = app.synth();
    const { hash, files } = codeOf(stack, assembly);
    expect(files).toEqual(['identities.json', 'index.js']);
    const assets = manifestOf(assembly.directory, 'Stack');
    expect(assets[hash].source).toEqual({ path: `asset.${hash}`, packaging: 'zip' });
    expect(Object.values<any>(assets[hash].destinations).map(({ objectKey }) => objectKey)).toEqual([`${hash}.zip`]);
    // Besides the template there is no other asset, so nothing stale is published.
    expect(Object.keys(assets)).toHaveLength(2);
  });

  test('is refused like any asset by a synthesizer that takes none', () => {
    const app = newApp();
    forwarding(app, [], new BootstraplessSynthesizer({ deployRoleArn: 'arn:x', cloudFormationExecutionRoleArn: 'arn:y' }));
    expect(() => app.synth()).toThrow(/Cannot add assets/);
  });

  test('works in a nested stack', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    forwarderIn(nested).addLogGroup(new logs.LogGroup(nested, 'Group'), { service: 'web' });
    const assembly = app.synth();
    const { hash, identities } = codeOf(nested, assembly);
    expect(Object.values(identities)).toEqual([{ service: 'web' }]);
    expect(manifestOf(assembly.directory, 'Stack')[hash].source.packaging).toBe('zip');
  });

  test('works in a Stage, whose manifest lies one folder deeper', () => {
    const app = newApp();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Stack');
    forwarderIn(stack).addLogGroup(new logs.LogGroup(stack, 'Group'), { service: 'web' });
    const assembly = app.synth();
    const { hash } = codeOf(stack, assembly);
    const source = manifestOf(path.join(assembly.directory, 'assembly-Prod'), stack.artifactId)[hash].source;
    expect(source.path).toBe(path.join('..', `asset.${hash}`));
    expect(fs.existsSync(path.join(assembly.directory, 'assembly-Prod', source.path, 'index.js'))).toBe(true);
  });

  test('knows of groups that were added after its address was asked for', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const forwarder = forwarderIn(stack);
    const early = stack.resolve((forwarder.handler.node.defaultChild as any).code).s3Key;
    forwarder.addLogGroup(new logs.LogGroup(stack, 'Group'), { service: 'web' });
    const { hash, identities } = codeOf(stack, app.synth());
    expect(Object.values(identities)).toEqual([{ service: 'web' }]);
    expect(early).not.toBe(`${hash}.zip`);
  });

  test('tells the CLI and SAM where the code lies', () => {
    const app = newApp({ context: { 'aws:cdk:enable-asset-metadata': true } });
    const stack = forwarding(app, ['Group']);
    const { hash } = codeOf(stack, app.synth());
    Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
      Metadata: { 'aws:asset:path': `asset.${hash}`, 'aws:asset:is-bundled': false, 'aws:asset:property': 'Code' },
    });
  });
});

describe('the hash of the code', () => {
  const hashOf = (groups: string[]) => {
    const app = newApp();
    const stack = forwarding(app, groups);
    return codeOf(stack, app.synth()).hash;
  };

  test('is equal in two folders and in any order of declaration', () => {
    expect(hashOf(['Alpha', 'Beta', 'Gamma'])).toBe(hashOf(['Gamma', 'Alpha', 'Beta']));
  });

  test('differs where what is known differs', () => {
    expect(hashOf(['Alpha'])).not.toBe(hashOf(['Beta']));
  });

  test('comes from sorted text, alike in every locale', () => {
    const app = newApp();
    const stack = forwarding(app, ['Zebra', 'apple', 'Oak']);
    const { hash } = codeOf(stack, app.synth());
    const json = fs.readFileSync(path.join(app.outdir, `asset.${hash}`, 'identities.json'), 'utf8');
    const keys = Object.keys(JSON.parse(json));
    expect(keys).toEqual([...keys].sort());
    expect(json).toBe(JSON.stringify(identitiesOf(app, stack)));
  });
});
