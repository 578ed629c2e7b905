// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { UPDATE } from './acknowledgement-table';
import { EXAMPLE_NAMES } from './examples';
import { logicalIdsFile, logicalIdsOf } from './logical-ids';

const ADVICE = 'CloudFormation replaces a resource whose logical id changes: in the stacks of users that is a new service, role, bucket or log group. '
  + `If this is meant, say so in the release notes and run: ${UPDATE}`;

test.each(EXAMPLE_NAMES)(`the logical ids of the example %s are the ones that users have. ${ADVICE}`, (name) => {
  expect(logicalIdsOf(name)).toEqual(JSON.parse(readFileSync(logicalIdsFile(name), 'utf8')));
});
