// SPDX-License-Identifier: Apache-2.0
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { checkServiceTags, renderTags, ServiceTags, tagDockerLabels, tagEnvironment } from '../../lib/datadog/service-tags';

const token = new CfnParameter(new Stack(new App(), 'S'), 'Parameter').valueAsString;

describe('rendering', () => {
  const all: ServiceTags = { env: 'prod', service: 'web', version: '1.4.2', tags: { team: 'shop', tier: '1' } };

  test('is complete', () => {
    expect(tagEnvironment(all)).toEqual({ DD_ENV: 'prod', DD_SERVICE: 'web', DD_VERSION: '1.4.2', DD_TAGS: 'team:shop,tier:1' });
    expect(tagDockerLabels(all)).toEqual({
      'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.service': 'web', 'com.datadoghq.tags.version': '1.4.2',
    });
  });

  test('leaves out what is not given, with no empty or undefined value', () => {
    for (const none of [{}, { env: undefined, tags: {} }]) {
      expect(Object.keys(tagEnvironment(none))).toEqual([]);
      expect(Object.keys(tagDockerLabels(none))).toEqual([]);
      expect(renderTags((none as ServiceTags).tags)).toBeUndefined();
    }
    expect(tagEnvironment({ service: 'web' })).toEqual({ DD_SERVICE: 'web' });
    expect(tagDockerLabels({ version: '2' })).toEqual({ 'com.datadoghq.tags.version': '2' });
  });

  test('keeps the order in which tags were given', () => {
    expect(renderTags({ b: '1', a: '2' })).toBe('b:1,a:2');
  });

  test('keeps values that hold a colon', () => {
    expect(renderTags({ image: 'nginx:1.27' })).toBe('image:nginx:1.27');
  });
});

describe('checks', () => {
  const rule = 'must start with a letter and hold only letters, digits and _ - : . / (at most 200)';
  const valueRule = 'must hold only letters, digits and _ - : . / (the whole tag at most 200)';

  test.each([
    [{ env: '' }, `'env' ${rule}, got: ''`],
    [{ env: 'my prod' }, `'env' ${rule}, got: 'my prod'`],
    [{ env: 'prod,eu' }, `'env' ${rule}, got: 'prod,eu'`],
    [{ env: '1st' }, `'env' ${rule}, got: '1st'`],
    [{ env: 'e'.repeat(201) }, `'env' ${rule}, got: '${'e'.repeat(201)}'`],
    [{ service: '_web' }, `'service' ${rule}, got: '_web'`],
    [{ service: 'web@home' }, `'service' ${rule}, got: 'web@home'`],
    [{ version: '' }, `'version' ${valueRule}, got: ''`],
    [{ version: '1.0 beta' }, `'version' ${valueRule}, got: '1.0 beta'`],
    [{ version: 'v'.repeat(193) }, `'version' ${valueRule}, got: '${'v'.repeat(193)}'`],
    [{ tags: { 'my team': 'shop' } }, `'tags' ${rule}, got: 'my team'`],
    [{ tags: { '': 'shop' } }, `'tags' ${rule}, got: ''`],
    [{ tags: { team: 'a,b' } }, `'tags.team' ${valueRule}, got: 'a,b'`],
    [{ tags: { ok: '1', team: '' } }, `'tags.team' ${valueRule}, got: ''`],
    [{ tags: { team: 'a b' } }, `'tags.team' ${valueRule}, got: 'a b'`],
    [{ tags: { team: 't'.repeat(196) } }, `'tags.team' ${valueRule}, got: '${'t'.repeat(196)}'`],
  ] as [ServiceTags, string][])('fail on %j', (given, message) => {
    expect(() => checkServiceTags(given)).toThrow(new Error(message));
  });

  test.each([
    {},
    { env: 'prod', service: 'Web.Front/end-1', version: '1.4.2' },
    { env: 'e'.repeat(200) },
    { version: 'v'.repeat(192) },
    { version: '2026-11-25T10:00:00' },
    { tags: { team: 'größe', image: 'nginx:1.27', tier: '1' } },
    { tags: { team: 't'.repeat(195) } },
  ] as ServiceTags[])('pass %j', (given) => {
    expect(() => checkServiceTags(given)).not.toThrow();
  });

  test('pass tokens, also inside strings', () => {
    const text = `a b,${token}`;
    expect(() => checkServiceTags({ env: text, service: token, version: text, tags: { [text]: 'a b', team: text, [token]: token } })).not.toThrow();
  });
});
