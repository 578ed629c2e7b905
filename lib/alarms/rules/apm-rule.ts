// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { checkTagValue } from '../../private/tag-syntax';
import { AlertRuleOptions } from '../alert-rule-options';
import { ApmScope } from '../datadog/apm-monitor';

/** Whose traces a rule about APM looks at. */
export interface ApmAlertOptions extends AlertRuleOptions {
  /** The environment, as Datadog has it: the `env` of the account or of the Agent. */
  readonly env: string;

  /**
   * The service, as Datadog has it: its `service` tag, not the name of the ECS service.
   *
   * @default - every service of the environment, each with a state of its own
   */
  readonly service?: string;
}

/** A rule on the metrics of one kind of span. */
export interface TraceMetricAlertOptions extends ApmAlertOptions {
  /**
   * The name of the spans that are looked at, which names the metrics: `servlet.request`, `express.request`, `flask.request`.
   *
   * @see https://docs.datadoghq.com/tracing/metrics/metrics_namespace/
   */
  readonly operation: string;
}

/** The two tags, checked: they stand in a query. */
export function apmScope({ env, service }: ApmAlertOptions): ApmScope {
  checkTagValue('env', 'env', env);
  if (service !== undefined) {
    checkTagValue('service', 'service', service);
  }
  return { env, service };
}

/** `trace.servlet.request`, checked: it is part of a metric's name, https://docs.datadoghq.com/metrics/custom_metrics/#naming-custom-metrics */
export function traceMetric({ operation }: TraceMetricAlertOptions): string {
  if (!Token.isUnresolved(operation) && !/^[A-Za-z][\w.]*$/.test(operation)) {
    throw new Error(`'operation' must be the name of a span such as 'servlet.request', of letters, digits, _ and ., got: '${operation}'`);
  }
  return `trace.${operation}`;
}
