// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { positiveInteger, spoken, sustained } from './rule';
import { commonOfCheck } from './service-check-rule';
import { ServiceCheckMonitor } from '../datadog/service-check-monitor';
import { AGENT_TAGS } from '../datadog/tag-names';

/** When `AlertRule.fargateCheckFailed` fires. */
export interface FargateCheckFailedAlertOptions extends AlertRuleOptions {
  /**
   * Fires when the check failed so many times in a row, of which an Agent makes four a minute.
   *
   * @default 4
   */
  readonly checks?: number;
}

/** An Agent in a Fargate task cannot read the metadata of its task. */
export function fargateCheckFailed(options: FargateCheckFailedAlertOptions): AlertDescription {
  const checks = positiveInteger('checks', options.checks ?? 4);
  return {
    ...commonOfCheck('FargateCheckFailed', options),
    title: `The Agent could not read the metadata of its task in ${spoken(checks)} checks in a row`,
    advice: 'look at the log of the Agent in tasks of this family; their metrics of CPU and memory are missing meanwhile',
    statistic: 'maximum',
    comparison: '>=',
    threshold: checks,
    window: sustained('checks', Duration.minutes(1)),
    // A task that is gone is checked no more, so silence cannot be told from the end of a task.
    missingData: 'fine',
    datadog: new ServiceCheckMonitor({ tags: AGENT_TAGS, check: 'fargate_check', groupBy: ['family'] }),
  };
}
