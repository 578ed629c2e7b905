// SPDX-License-Identifier: Apache-2.0
import { AlertRule } from './alert-rule';
import { ApmAnomalyAlertOptions, apmAnomaly } from './rules/apm-anomaly';
import { ApmErrorRateAlertOptions, apmErrorRate } from './rules/apm-error-rate';
import { ApmLatencyAlertOptions, apmLatency } from './rules/apm-latency';
import { ApmRequestRateAlertOptions, apmRequestRate } from './rules/apm-request-rate';
import { WatchdogAlertOptions, watchdog } from './rules/watchdog';

/**
 * Rules about the throughput, errors and latency of services, by their traces: they need APM and Datadog, since CloudWatch has no such data.
 *
 * Traces are of environments and of services as Datadog has them (`env`, `service`), not of clusters and ECS services, so the `cluster` and the `services` of the alarms restrict
 * nothing. To use a rule for several services with different thresholds, give each an `id`.
 */
export class ApmAlertRule {
  /**
   * Watchdog found unusual requests, errors or latency in the traces of an environment. Id `Watchdog`.
   *
   * Datadog: needs APM; one monitor, with a state for each finding.
   */
  public static watchdog(options: WatchdogAlertOptions): AlertRule {
    return AlertRule._of(watchdog(options));
  }

  /**
   * More than `above` percent of the requests of a service failed within `within`. Id `ApmErrorRate`.
   *
   * Datadog: needs APM; one monitor, with a state for each service.
   */
  public static errorRate(options: ApmErrorRateAlertOptions): AlertRule {
    return AlertRule._of(apmErrorRate(options));
  }

  /**
   * The latency of a service, as a percentile, was above `above` within `within`. Id `ApmLatency`.
   *
   * Datadog: needs APM; one monitor, with a state for each service.
   */
  public static latency(options: ApmLatencyAlertOptions): AlertRule {
    return AlertRule._of(apmLatency(options));
  }

  /**
   * A service got fewer requests per second than `below` within `within`, or none. Id `ApmRequestRate`.
   *
   * Datadog: needs APM; one monitor, with a state for each service.
   */
  public static requestRate(options: ApmRequestRateAlertOptions): AlertRule {
    return AlertRule._of(apmRequestRate(options));
  }

  /**
   * The requests, errors or latency of a service have been unlike their past for `longerThan`. Id `ApmAnomaly`.
   *
   * Datadog: needs APM, a plan with anomaly monitors, and three times as much of the past as its seasonality; one monitor, with a state for each service.
   *
   * @see https://docs.datadoghq.com/monitors/types/anomaly/
   */
  public static anomaly(options: ApmAnomalyAlertOptions): AlertRule {
    return AlertRule._of(apmAnomaly(options));
  }

  private constructor() {}
}
