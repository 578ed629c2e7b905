// SPDX-License-Identifier: Apache-2.0
import { StackResource } from './cloudformation';
import { monitor } from './definitions';
import { leaks } from './leaks';
import { LIFECYCLE_ROWS } from './lifecycle-rows';
import { unknownToOfficialClient } from './official-requests';
import { play, Row } from './rows/row';
import { API_KEY, World } from './world';

/** The same rows that `npx projen lifecycle` prints. */
test.each(LIFECYCLE_ROWS.map((row): [string, string, Row] => [row.event, row.fault, row]))('%s: %s', async (_event, _fault, row) => {
  const played = await play(row, (world) => {
    expect(leaks(world)).toEqual([]);
    expect(unknownToOfficialClient(world)).toEqual([]);
    for (const text of world.responses.texts) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
    }
    for (const invocation of world.invocations) {
      expect(invocation?.leftMs ?? 1).toBeGreaterThan(0);
    }
    // One line an invocation that ended by itself, whatever happened.
    expect(world.lambda.printed.split('\n').filter(Boolean)).toHaveLength(world.invocations.filter(Boolean).length);
  });
  expect(played).toEqual({ inDatadog: row.inDatadog, told: row.told });
});

test('no row stands there twice', () => {
  const names = LIFECYCLE_ROWS.map(({ event, fault }) => `${event}: ${fault}`);
  expect(names).toEqual([...new Set(names)]);
});

test('the search for leaks finds a key in a request, an answer and a log', async () => {
  const world = await World.start();
  try {
    world.datadog.requests.push({ method: 'GET', path: `/?key=${API_KEY}`, headers: {}, body: '' });
    world.responses.texts.push(API_KEY);
    world.lambda.printed = monitor('x').Definition;
    expect(leaks(world)).toHaveLength(4);
  } finally {
    await world.stop();
  }
});

test('a field that the API does not have is found, in requests and in these servers', async () => {
  const world = await World.start();
  try {
    await new StackResource(world).create(monitor('x', { mesage: 'misspelt' }));
    expect(unknownToOfficialClient(world)).toEqual(expect.arrayContaining([
      'POST /api/v1/monitor: Monitor.mesage: unknown field', 'Monitor.mesage: unknown field',
    ]));
  } finally {
    await world.stop();
  }
});
