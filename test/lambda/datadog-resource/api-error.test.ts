// SPDX-License-Identifier: Apache-2.0
import { errorText, Refusal } from '../../../lambda/datadog-resource/datadog/api-error';
import { logTextOf, reasonOf } from '../../../lambda/datadog-resource/explained-error';

test.each([
  ['{"errors":["The value provided for parameter \'query\' is invalid","and more"]}', 'The value provided for parameter \'query\' is invalid; and more'],
  ['{"errors":[{"status":"400","title":"Invalid Parameter","detail":"scope is missing"}]}', 'Invalid Parameter: scope is missing'],
  ['{"errors":[{"detail":"scope is missing"}]}', 'scope is missing'],
  ['{"errors":[{"title":"Generic Error"}]}', 'Generic Error'],
  ['{"errors":{"0123":"SLO is used by a dashboard"}}', '{"0123":"SLO is used by a dashboard"}'],
  ['{"errors":"Forbidden"}', 'Forbidden'],
  ['{"error":"Not found"}', 'Not found'],
  ['{"errors":[]}', ''],
  ['null', ''],
  ['[1]', ''],
  ['<html>407 Proxy Authentication Required</html>', ''],
  ['', ''],
])('%s says %j', (body, expected) => {
  expect(errorText(Buffer.from(body))).toBe(expected);
});

test('Datadog\'s text is for CloudFormation, not for the log', () => {
  const refusal = new Refusal('POST /x', 400, 'query avg(…) is invalid');
  expect(reasonOf(refusal)).toBe('Datadog answered 400 to POST /x: query avg(…) is invalid');
  expect(logTextOf(refusal)).toBe('Datadog answered 400 to POST /x');
});

test('the text of a fault is for nobody', () => {
  const fault = new TypeError('"secret" is not a function');
  expect(reasonOf(fault)).toBe('A fault of the handler, TypeError; its log says where');
  expect(logTextOf(fault)).toMatch(/^TypeError at .*api-error\.test/);
  expect(logTextOf(fault)).not.toContain('secret');
});
