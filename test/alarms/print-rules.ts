// SPDX-License-Identifier: Apache-2.0
import { renderAlertRules } from './rule-forms';

// Each rule as both backends see it: `npx projen alert-rules`.
process.stdout.write(renderAlertRules());
