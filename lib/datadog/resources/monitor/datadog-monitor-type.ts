// SPDX-License-Identifier: Apache-2.0
import { checkText } from '../check-fields';

/**
 * What a monitor watches. It decides how its query is written.
 *
 * @see https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
 */
export class DatadogMonitorType {
  /** A metric: `avg(last_5m):avg:system.cpu.user{env:prod} by {host} > 90`. Changes, anomalies, outliers and forecasts are metric monitors too. */
  public static readonly METRIC = new DatadogMonitorType('query alert');

  /** Logs: `logs("status:error").index("*").rollup("count").last("5m") > 500`. It needs an application key without scopes. */
  public static readonly LOG = new DatadogMonitorType('log alert');

  /** Events: `events("source:amazon_ecs").rollup("count").last("5m") > 0`. */
  public static readonly EVENT = new DatadogMonitorType('event-v2 alert');

  /** A service check: `"aws.ecs.agent_connected".over("clustername:prod").by("instance_id").last(3).count_by_status()`. */
  public static readonly SERVICE_CHECK = new DatadogMonitorType('service check');

  /** Other monitors: `123 && !456`. `DatadogMonitor.composite()` writes it from constructs. */
  public static readonly COMPOSITE = new DatadogMonitorType('composite');

  /** A service level objective: `error_budget("…").over("7d") > 75`. */
  public static readonly SLO = new DatadogMonitorType('slo alert');

  /** Processes: `processes("nginx").over("env:prod").rollup("count").last("10m") < 1`. */
  public static readonly PROCESS = new DatadogMonitorType('process alert');

  /** Spans: `trace-analytics("service:web").rollup("count").last("5m") > 100`. */
  public static readonly TRACE_ANALYTICS = new DatadogMonitorType('trace-analytics alert');

  /**
   * A type that this version of the library does not know.
   *
   * @param type the API's own name, for example `rum alert`
   * @throws if it is empty
   */
  public static of(type: string): DatadogMonitorType {
    checkText('type', type);
    return new DatadogMonitorType(type);
  }

  private constructor(
    /** The API's own name. */
    public readonly type: string,
  ) {}

  /** The API's own name. */
  public toString(): string {
    return this.type;
  }
}
