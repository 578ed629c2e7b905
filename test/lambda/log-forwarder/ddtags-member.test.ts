// SPDX-License-Identifier: Apache-2.0
import * as fc from 'fast-check';
import { takeDdtags } from '../../../lambda/log-forwarder/message/ddtags-member';
import { reproducible } from '../shared/reproducible';

test.each([
  ['{"ddtags":"a:1","m":1}', '{"m":1}'],
  ['{"m":1,"ddtags":"a:1"}', '{"m":1}'],
  ['{"m":1,"ddtags":"a:1","n":2}', '{"m":1,"n":2}'],
  ['{"ddtags":"a:1"}', '{}'],
  ['{"m":1,"ddtags":1,"ddtags":"a:1"}', '{"m":1}'],
  ['{"ddtags":1,"m":1,"ddtags":"a:1"}', '{"m":1}'],
  [' \n{ "m" : [1, {"ddtags":"no"}] , "ddtags" : "a:1" } ', ' \n{ "m" : [1, {"ddtags":"no"}]   } '],
  ['{"m":"\\"ddtags\\":\\"x\\"\\\\","ddtags":"a:1"}', '{"m":"\\"ddtags\\":\\"x\\"\\\\"}'],
  ['{"dd\\u0074ags":"b","ddtags":"a:1","x":0}', '{"x":0}'],
  ['{"dd.trace_id":3172564172058669914,"1":1.10,"ddtags":"a:1","0":"é\\u00e9"}', '{"dd.trace_id":3172564172058669914,"1":1.10,"0":"é\\u00e9"}'],
])('%s becomes %s', (text, expected) => {
  const taken = takeDdtags(text);
  expect(taken?.text).toBe(expected);
  expect(taken?.tags.others).toEqual(['a:1']);
});

test.each([
  'plain text with "ddtags": "x"',
  '{"m":1}',
  '{"m":{"ddtags":"a:1"}}',
  '{"m":"a \\"ddtags\\" b"}',
  '{"ddtags":"a:1"',
  '{"ddtags":"a:1"} trailing',
  '["ddtags"]',
  '\ufeff{"ddtags":"a:1"}',
  `{"ddtags":"${'x'.repeat(40_000)}"}`,
])('%.40s stays as it is', (text) => {
  expect(takeDdtags(text)).toBeUndefined();
});

test.each([
  ['"env:stage, team: shop ,service:x"', { env: 'stage', service: 'x' }, ['team:shop']],
  ['["env:stage","a,b:c d",5,null]', { env: 'stage' }, ['a_b:c_d']],
  ['["service:first","service:second"]', { service: 'first' }, []],
  ['"service:,myservice:x,SERVICE:y"', { service: 'y' }, ['myservice:x']],
  ['"Version:2,source:nginx"', { version: '2', source: 'nginx' }, []],
  ['"lonely,,:x"', {}, ['lonely']],
  ['null', {}, []],
  ['17', {}, []],
  ['{"env":"x"}', {}, []],
])('the value %s holds these tags', (value, unified, others) => {
  const taken = takeDdtags(`{"ddtags":${value}}`);
  expect(taken?.text).toBe('{}');
  expect(taken?.tags).toEqual({ unified, others });
});

/** A member as it may stand in a text: its key and value with any spelling, and white space where JSON allows it. */
const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const key = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('"ddtags"', '"dd\\u0074ags"') },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom('"ddtag"', '"DDTAGS"', '"\\"ddtags"', '"ddtags\\\\"') },
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.stringify(json)),
  fc.constantFrom('12345678901234567890', '1.10', '1E+5', '"\\\\"', '"\\\\\\""', '"}"', '{"ddtags":"x"}', '[["ddtags",{}]]', '"ddtags"', '""'),
);
const member = fc.tuple(space, key, space, space, value, space)
  .map(([before, name, afterName, beforeValue, json, after]) => ({ name, text: `${before}${name}${afterName}:${beforeValue}${json}${after}`, json }));

const object = fc.tuple(fc.array(member, { maxLength: 6 }), space, space);
const isTags = ({ name }: { name: string }) => JSON.parse(name) === 'ddtags';

/** What remains parses to the same object without ddtags, and every other member is there byte for byte. */
function cutsNothingElse(take: (text: string) => { text: string } | undefined) {
  return fc.property(object, ([members, before, after]) => {
    const text = `${before}{${members.map((one) => one.text).join(',')}}${after}`;
    const parsed = JSON.parse(text);
    const taken = take(text);
    if (!Object.hasOwn(parsed, 'ddtags') || !text.includes('"ddtags"')) {
      return taken === undefined;
    }
    delete parsed.ddtags;
    expect(JSON.parse(taken!.text)).toEqual(parsed);
    const others = members.filter((one) => !isTags(one));
    const bytes = others.map((one) => `${one.name}${one.text.slice(one.text.indexOf(one.name) + one.name.length).trimEnd()}`);
    let from = 0;
    for (const expected of bytes) {
      from = taken!.text.indexOf(expected, from);
      expect(from).toBeGreaterThan(-1);
      from += expected.length;
    }
    // Nothing else is left but braces, commas and white space.
    expect(strip(taken!.text, bytes)).toMatch(/^[ \t\r\n]*\{[ \t\r\n,]*\}[ \t\r\n]*$/);
    return true;
  });
}

test('property: nothing but ddtags is cut', () => {
  fc.assert(cutsNothingElse(takeDdtags), reproducible());
});

test.each<[string, (text: string) => { text: string } | undefined]>([
  ['writes the message again', (text) => {
    const { ddtags, ...rest } = JSON.parse(text);
    return takeDdtags(text) && { text: JSON.stringify(rest), ddtags };
  }],
  ['knows no escapes', (text) => takeDdtags(text) && { text: text.replace(/"ddtags"\s*:\s*("[^"]*"|[^,}]*)\s*,?/, '') }],
])('the property notices an implementation that %s', (_, take) => {
  expect(fc.check(cutsNothingElse(take), reproducible()).failed).toBe(true);
});

/** Text that is no JSON object is left alone. */
function leavesOtherTextAlone(take: (text: string) => unknown) {
  return fc.property(fc.string(), fc.nat(), (noise, cut) => {
    const json = `{"ddtags":"a:1","m":${JSON.stringify(noise)}}`;
    return take(json.slice(0, cut % json.length)) === undefined && take(`${json}x${noise}`) === undefined;
  });
}

test('property: text that is no JSON object is left alone', () => {
  fc.assert(leavesOtherTextAlone(takeDdtags), reproducible());
});

test('the property notices an implementation that does not read to the end', () => {
  expect(fc.check(leavesOtherTextAlone((text) => /^\{"ddtags":"[^"]*",/.exec(text) ?? undefined), reproducible()).failed).toBe(true);
});

function strip(text: string, parts: readonly string[]): string {
  return parts.reduce((rest, part) => {
    const at = rest.indexOf(part);
    return rest.slice(0, at) + rest.slice(at + part.length);
  }, text);
}
