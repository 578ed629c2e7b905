// SPDX-License-Identifier: Apache-2.0
import { Properties } from './cloudformation';

/** Stands in every definition, and must not stand in any log. */
export const CONFIDENTIAL = 'Confidential runbook';

const CREATE_MONITOR = {
  type: 'query alert',
  query: 'avg(last_5m):avg:aws.ecs.cpuutilization{clustername:Prod} > 80',
  message: `${CONFIDENTIAL} @slack-ops`,
  tags: ['team:shop'],
  options: { thresholds: { critical: 80 } },
};

export function monitor(name: string, more: object = {}, properties: Partial<Properties> = {}): Properties {
  return { Kind: 'monitor', Definition: JSON.stringify({ ...CREATE_MONITOR, name, ...more }), ...properties };
}

/** Of a type to which no other one can be changed. */
export function logMonitor(name: string): Properties {
  return monitor(name, { type: 'log alert', query: 'logs("status:error").index("*").rollup("count").last("5m") > 500' });
}

/** Datadog does not take it. */
export function wrongMonitor(name: string): Properties {
  return monitor(name, { query: 'avg(last_5m):avg:aws.ecs.cpuutilization{*}' });
}

export const REFUSED_QUERY = 'The value provided for parameter \'query\' is invalid';

export function slo(name: string, more: object = {}): Properties {
  return {
    Kind: 'slo',
    Definition: JSON.stringify({ name, type: 'metric', description: CONFIDENTIAL, thresholds: [{ timeframe: '7d', target: 99.9 }], tags: [], ...more }),
  };
}

export function downtime(message: string, more: object = {}): Properties {
  return {
    Kind: 'downtime',
    Definition: JSON.stringify({
      message: `${message}\n${CONFIDENTIAL}`, scope: 'env:prod', monitor_identifier: { monitor_tags: ['team:shop'] }, ...more,
    }),
  };
}
