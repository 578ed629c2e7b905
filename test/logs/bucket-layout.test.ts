// SPDX-License-Identifier: Apache-2.0
import * as handlerLayout from '../../lambda/log-forwarder/bucket-layout';
import { BUCKET_LAYOUT } from '../../lib/logs/bucket-layout';

test('the handler writes and reads only where its role lets it', () => {
  expect(handlerLayout.UNDELIVERED_PREFIX).toBe(BUCKET_LAYOUT.undelivered);
  const places = Object.entries(handlerLayout).filter(([name]) => /_(PREFIX|KEY)$/.test(name)).map(([, place]) => place);
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    expect(Object.values(BUCKET_LAYOUT)).toContain(place);
  }
});
