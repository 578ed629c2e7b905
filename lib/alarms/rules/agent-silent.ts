// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { AlertDescription } from '../alert-description';
import { AlertRuleOptions } from '../alert-rule-options';
import { sustained } from './rule';
import { commonOfCheck } from './service-check-rule';
import { DaemonCoverageSource } from '../cloudwatch/daemon-coverage-source';
import { HostSilenceMonitor } from '../datadog/host-silence-monitor';

/** As far as both backends look back. */
const MAX_MINUTES = 1440;

/** When `AlertRule.agentSilent` fires. */
export interface AgentSilentAlertOptions extends AlertRuleOptions {
  /**
   * The name of the service that runs the Agent on each instance, whose tasks CloudWatch compares with the number of instances. A managed daemon is reported as `daemon:<name>`.
   *
   * @default - none; CloudWatch cannot express the rule without it
   */
  readonly daemonServiceName?: string;

  /**
   * The tag by which Datadog finds the hosts of the cluster, and no others, such as `autoscaling_group:prod`, which the AWS integration sets. The tag `ecs_cluster_name` is of
   * containers, not of hosts; to have a tag of your own, give it to the Agents (`DD_TAGS`). See in Datadog's host list that they have it: a monitor without hosts tells nothing.
   *
   * @see https://docs.datadoghq.com/getting_started/tagging/assigning_tags/
   * @default - none; Datadog cannot express the rule without it
   */
  readonly hostTag?: string;

  /**
   * Fires when an Agent is silent for so long. A whole number of minutes, from 2 to 1440: longer than an instance takes to start.
   *
   * @default Duration.minutes(15)
   */
  readonly longerThan?: Duration;
}

/** There are hosts without an Agent that reports. */
export function agentSilent(options: AgentSilentAlertOptions): AlertDescription {
  const window = sustained('longerThan', options.longerThan ?? Duration.minutes(15));
  const { daemonServiceName, hostTag } = options;
  if (window.duration.toMinutes() < 2 || window.duration.toMinutes() > MAX_MINUTES) {
    throw new Error(`'longerThan' must be from 2 to ${MAX_MINUTES} minutes, got: ${window.duration.toHumanString()}`);
  }
  if (daemonServiceName === undefined && hostTag === undefined) {
    throw new Error("one of 'daemonServiceName' (for CloudWatch) and 'hostTag' (for Datadog) must be given, got: none");
  }
  if (daemonServiceName === '') {
    throw new Error("'daemonServiceName' must be the name of a service or be left out, got: ''");
  }
  if (hostTag !== undefined && !Token.isUnresolved(hostTag) && !/^[A-Za-z][^\s",:]*:[^\s",]+$/.test(hostTag)) {
    throw new Error(`'hostTag' must be a tag such as 'autoscaling_group:prod', got: '${hostTag}'`);
  }
  return {
    ...commonOfCheck('AgentSilent', options),
    title: `No Datadog Agent on an instance for ${window.duration.toHumanString()}`,
    advice: 'look at the tasks of the Agent, its log, its key and its way out to Datadog',
    statistic: 'maximum',
    // Instances without an Agent, in CloudWatch; checks without an answer, in Datadog.
    comparison: '>=',
    threshold: 1,
    window,
    missingData: 'fine',
    cloudWatch: daemonServiceName === undefined ? undefined : new DaemonCoverageSource(daemonServiceName),
    datadog: new HostSilenceMonitor(hostTag),
  };
}
