// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertRule, ApmAlertRule, ApmSignal, EcsEventAlertRule } from '../../lib/alarms';

/** What a rule cannot do without. All else is its default. */
const OPTIONS: { readonly [name: string]: () => unknown } = {
  'AlertRule.undeliveredLogs': () => ({ metric: forwarderMetric('UndeliveredLogs') }),
  'AlertRule.logsStillUndelivered': () => ({ metric: forwarderMetric('OldestUndeliveredAge') }),
  'AlertRule.refusedLogs': () => ({ metric: forwarderMetric('RefusedLogs') }),
  'AlertRule.forwarderErrors': () => ({ metric: lambdaMetric('Errors') }),
  'AlertRule.forwarderLate': () => ({ metric: lambdaMetric('AsyncEventAge') }),
  'AlertRule.clusterRunningTasks': () => ({ below: 4 }),
  'AlertRule.agentSilent': () => ({ daemonServiceName: 'datadog-agent', hostTag: 'autoscaling_group:prod' }),
  'ApmAlertRule.watchdog': () => ({ env: 'prod' }),
  'ApmAlertRule.errorRate': () => ({ env: 'prod', operation: 'http.request' }),
  'ApmAlertRule.latency': () => ({ env: 'prod', operation: 'http.request', above: Duration.seconds(1) }),
  'ApmAlertRule.requestRate': () => ({ env: 'prod', operation: 'http.request', below: 1 }),
  'ApmAlertRule.anomaly': () => ({ env: 'prod', operation: 'http.request', signal: ApmSignal.LATENCY }),
};

const CATALOGUES = { AlertRule, EcsEventAlertRule, ApmAlertRule };

/** Static members that make no single rule. */
const NO_RULES = ['length', 'name', 'prototype', 'recommended', '_of'];

/** A rule of the library, by the call that makes it. */
export interface NamedRule {
  readonly call: string;
  readonly rule: AlertRule;
}

/** Every rule of the library, as the classes offer them: none can be forgotten. */
export function everyRule(): NamedRule[] {
  return Object.entries(CATALOGUES).flatMap(([catalogue, members]) => Object.getOwnPropertyNames(members)
    .filter((name) => !NO_RULES.includes(name))
    .map((name) => {
      const call = `${catalogue}.${name}`;
      return { call, rule: (members as any)[name](OPTIONS[call]?.()) };
    }));
}

function forwarderMetric(metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'CdkEcsDatadog/LogForwarder', metricName, dimensionsMap: { FunctionName: 'forwarder' } });
}

function lambdaMetric(metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: 'forwarder' } });
}
