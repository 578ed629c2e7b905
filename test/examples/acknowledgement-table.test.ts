// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLE, UPDATE, renderTable } from './acknowledgement-table';

test(`${TABLE} lists every acknowledgement of the library and the examples, and no other; if the change is meant: ${UPDATE}`, () => {
  expect(readFileSync(join(__dirname, '../..', TABLE), 'utf8')).toBe(renderTable());
});
