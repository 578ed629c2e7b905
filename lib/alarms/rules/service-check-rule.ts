// SPDX-License-Identifier: Apache-2.0
import { AlertRuleOptions, CommonDescription, common } from '../alert-rule-options';
import { positiveInteger, spoken } from './rule';

/**
 * The common part of a rule that Datadog has as a service check. Its thresholds are numbers of checks in a row, and one check that succeeds is what it recovers by, so there is
 * no threshold of recovery.
 *
 * @see https://docs.datadoghq.com/monitors/types/service_check/
 */
export function commonOfCheck(defaultId: string, options: AlertRuleOptions): CommonDescription {
  const { warningThreshold, recoveryThreshold } = options;
  if (recoveryThreshold !== undefined) {
    throw new Error(`'recoveryThreshold' must be left out, since this rule is on a service check, which recovers when it succeeds, got: ${spoken(recoveryThreshold)}`);
  }
  if (warningThreshold !== undefined) {
    positiveInteger('warningThreshold', warningThreshold);
  }
  return common(defaultId, options);
}
