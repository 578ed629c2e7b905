// SPDX-License-Identifier: Apache-2.0
import { CREATE_ROWS } from './rows/create';
import { DELETE_ROWS } from './rows/delete';
import { ROLLBACK_ROWS } from './rows/rollback';
import { Row } from './rows/row';
import { UPDATE_ROWS } from './rows/update';

/** What can happen to a resource, and what has to come of it. */
export const LIFECYCLE_ROWS: readonly Row[] = [...CREATE_ROWS, ...UPDATE_ROWS, ...ROLLBACK_ROWS, ...DELETE_ROWS];
