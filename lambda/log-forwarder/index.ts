// SPDX-License-Identifier: Apache-2.0
import { logForwarder } from './log-forwarder';
import { readSettings } from './settings';

/** The function of a CloudWatch Logs subscription. Nothing but the environment is read until the first event arrives. */
export const handler = logForwarder({ settings: readSettings(process.env), codeDirectory: __dirname });
