// SPDX-License-Identifier: Apache-2.0
import { readSettings } from '../../../lambda/log-forwarder/settings';

test('defaults', () => {
  expect(readSettings({ DD_SITE: '', DD_TAGS: ' ' })).toMatchObject({
    intakeUrl: new URL('https://http-intake.logs.datadoghq.com/api/v2/logs'),
    globalTags: '',
    compressionKind: 'gzip',
    compressionLevel: 1,
    bucket: undefined,
    proxy: { https: undefined, http: undefined, noProxy: undefined },
  });
});

test('the site makes the intake\'s address, unless there is one', () => {
  expect(readSettings({ DD_SITE: 'us3.datadoghq.com' }).intakeUrl.href).toBe('https://http-intake.logs.us3.datadoghq.com/api/v2/logs');
  expect(readSettings({ DD_SITE: 'x', DD_LOGS_INTAKE_URL: 'http://localhost:8080/y' }).intakeUrl.href).toBe('http://localhost:8080/y');
});

test.each([
  [{ DD_COMPRESSION_LEVEL: '10' }, "DD_COMPRESSION_LEVEL must be a digit from 0 to 9, got: '10'"],
  [{ DD_COMPRESSION_LEVEL: 'high' }, 'DD_COMPRESSION_LEVEL'],
  [{ DD_COMPRESSION_KIND: 'brotli' }, "DD_COMPRESSION_KIND must be gzip or zstd, got: 'brotli'"],
  [{ DD_LOGS_INTAKE_URL: 'intake.example' }, "DD_LOGS_INTAKE_URL makes no HTTP address: 'intake.example'"],
  [{ DD_SITE: 'a b' }, 'DD_SITE makes no HTTP address'],
])('%j is a clear error', (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});
