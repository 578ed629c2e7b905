// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURE_TABLE, renderFeatureTable } from './feature-table';
import { ALERT_RULES, renderAlertRules } from '../alarms/rule-forms';

// Writes what the test beside it compares with. Look at the difference before you commit it.
writeFileSync(join(__dirname, '../..', FEATURE_TABLE), renderFeatureTable());
writeFileSync(join(__dirname, '../..', ALERT_RULES), renderAlertRules());
