// SPDX-License-Identifier: Apache-2.0
import { DOWNTIME } from './downtime';
import { Kind } from './kind';
import { MONITOR } from './monitor';
import { SLO } from './slo';

/** Everything that can be kept in Datadog. A new kind is a file, and a name here. */
export const KINDS: readonly Kind[] = [MONITOR, SLO, DOWNTIME];
