// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogMonitorThresholds } from './datadog-monitor-thresholds';
import { ApiJson } from '../resource-description';

/** `> 90` and the like, at the end of a query. */
const COMPARISON = /(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/i;

/** Types whose queries end without a comparison. */
const WITHOUT_COMPARISON = ['composite', 'service check'];

/** Thresholds by the API's names. */
export function thresholdFields({ critical, criticalRecovery, warning, warningRecovery, ok, unknown }: DatadogMonitorThresholds): ApiJson {
  return { critical, critical_recovery: criticalRecovery, ok, unknown, warning, warning_recovery: warningRecovery };
}

/**
 * The thresholds with the number in the query, which Datadog wants there beside any other one and refuses if the two differ.
 *
 * @throws if they differ, or if a threshold is on the wrong side of another one
 * @see https://docs.datadoghq.com/monitors/guide/monitor_api_options/
 */
export function completeThresholds(type: string, query: string, thresholds: ApiJson, property: string): ApiJson {
  const [, operator, number] = COMPARISON.exec(query) ?? [];
  // A second query may stand for the number; a token may hold the comparison, or the rest of the number.
  const isCompared = number !== undefined && !WITHOUT_COMPARISON.includes(type) && thresholds.critical_query === undefined;
  if (!isCompared || Token.isUnresolved(thresholds.critical)) {
    return thresholds;
  }
  const critical = Number(number);
  if (thresholds.critical !== undefined && thresholds.critical !== null && thresholds.critical !== critical) {
    throw new Error(`'${property}.critical' must equal the number in the query, ${critical}, got: ${thresholds.critical}`);
  }
  const completed = { ...thresholds, critical };
  checkOrder(operator, completed, property);
  return completed;
}

/** What is further from the alert, in the order in which a value gets worse. Equal numbers are left to Datadog. */
const MILDER: ReadonlyArray<readonly [string, string]> = [
  ['warning', 'critical'],
  ['critical_recovery', 'critical'],
  ['warning_recovery', 'warning'],
];

function checkOrder(operator: string, thresholds: ApiJson, property: string): void {
  const sign = operator.startsWith('>') ? 1 : -1;
  if (operator === '==' || operator === '!=') {
    return;
  }
  for (const [milder, worse] of MILDER) {
    const [a, b] = [thresholds[milder], thresholds[worse]];
    if (typeof a === 'number' && typeof b === 'number' && !Token.isUnresolved(a) && !Token.isUnresolved(b) && sign * (a - b) > 0) {
      const side = sign > 0 ? 'below' : 'above';
      throw new Error(`'${nameOf(milder, property)}' must be ${side} '${worse}' (${b}), since the query alerts on '${operator}', got: ${a}`);
    }
  }
}

/** As the user wrote it: in the API's own form, or as a property. */
function nameOf(field: string, property: string): string {
  return `${property}.${property === 'thresholds' ? field.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()) : field}`;
}
