// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TABLE, renderTable } from './acknowledgement-table';
import { EXAMPLE_NAMES } from './examples';
import { logicalIdsFile, logicalIdsOf } from './logical-ids';

// Writes what the tests of this folder compare with. Look at the difference before you commit it.
writeFileSync(join(__dirname, '../..', TABLE), renderTable());
for (const name of EXAMPLE_NAMES) {
  const file = logicalIdsFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(logicalIdsOf(name), undefined, 2)}\n`);
}
