// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { positiveInteger, spoken, sustained } from './rule';
import { commonOfCheck } from './service-check-rule';
import { ServiceCheckMonitor } from '../datadog/service-check-monitor';
import { CRAWLER_TAGS } from '../datadog/tag-names';

/** The AWS integration asks every ten minutes: https://docs.datadoghq.com/integrations/guide/cloud-metric-delay/ */
const POLLED_EVERY = Duration.minutes(10);

/** When `AlertRule.ecsAgentDisconnected` fires. */
export interface EcsAgentDisconnectedAlertOptions extends AlertRuleOptions {
  /**
   * Fires when the agent was disconnected so many times in a row that Datadog asked, which is about every ten minutes.
   *
   * @default 3
   */
  readonly checks?: number;
}

/** The container agent of an instance stays away from ECS. */
export function ecsAgentDisconnected(options: EcsAgentDisconnectedAlertOptions): AlertDescription {
  const checks = positiveInteger('checks', options.checks ?? 3);
  return {
    ...commonOfCheck('EcsAgentDisconnected', options),
    title: `ECS container agent disconnected in ${spoken(checks)} checks in a row`,
    advice: 'look at the agent and Docker on the instance, and at its way out to ECS; no task is placed there',
    statistic: 'maximum',
    comparison: '>=',
    threshold: checks,
    window: sustained('checks', POLLED_EVERY),
    // An instance that is gone is checked no more.
    missingData: 'fine',
    datadog: new ServiceCheckMonitor({ tags: CRAWLER_TAGS, check: 'aws.ecs.agent_connected', groupBy: ['cluster', 'instance'] }),
  };
}
