// SPDX-License-Identifier: Apache-2.0
import * as fc from 'fast-check';
import { answerText, MAX_ANSWER_BYTES } from '../../../lambda/datadog-resource/cloudformation/answer';
import { readRequest } from '../../../lambda/datadog-resource/cloudformation/resource-request';
import { reproducible } from '../shared/reproducible';

const request = readRequest({ ResponseURL: 'https://s3.example/x', StackId: 's', RequestId: 'r', LogicalResourceId: 'l' });

function failed(reason: string, write = answerText): { text: string; Reason: string } {
  const text = write(request, { status: 'FAILED', physicalResourceId: 'p', reason });
  return { text, ...JSON.parse(text) };
}

test('an answer has what CloudFormation compares', () => {
  expect(JSON.parse(answerText(request, { status: 'SUCCESS', physicalResourceId: '1', data: { Id: '1' } }))).toEqual({
    Status: 'SUCCESS', PhysicalResourceId: '1', StackId: 's', RequestId: 'r', LogicalResourceId: 'l', Data: { Id: '1' },
  });
});

test('a short reason is whole, a long one is cut and says so', () => {
  expect(failed('a'.repeat(3500)).Reason).toBe('a'.repeat(3500));
  const { text, Reason } = failed('a'.repeat(5000));
  expect(Reason).toMatch(/^a+… \(cut\)$/);
  expect(Buffer.byteLength(text)).toBe(MAX_ANSWER_BYTES);
});

/** No answer is too long, and what is cut is the end. */
function fits(write: typeof answerText) {
  const run = fc.tuple(fc.constantFrom('a', '"', '\\', '\n', '\u0001', 'é', '漢', '😀'), fc.nat(2000));
  const long = fc.array(run, { maxLength: 6 }).map((runs) => runs.map(([character, count]) => character.repeat(count)).join(''));
  return fc.property(long, (reason) => {
    const { text, Reason } = failed(reason, write);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
    expect(reason.startsWith(Reason.replace(/… \(cut\)$/, ''))).toBe(true);
    expect(Reason === reason || Buffer.byteLength(text) > MAX_ANSWER_BYTES - 12).toBe(true);
  });
}

test('property: every answer fits', () => {
  fc.assert(fits(answerText), { ...reproducible(), numRuns: 1000 });
});

test('the property notices an answer that is cut by characters', () => {
  const byCharacters: typeof answerText = (_, outcome) => JSON.stringify({ Reason: outcome.reason?.slice(0, MAX_ANSWER_BYTES - 100) });
  expect(() => fc.assert(fits(byCharacters), { ...reproducible(), numRuns: 1000 })).toThrow();
});
