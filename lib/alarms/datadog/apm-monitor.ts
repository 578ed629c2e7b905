// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { windowObjection } from './metric-monitor';
import { datadogMinutes, tagValue } from './tag-names';
import { spoken } from '../rules/rule';

/** `last_10080m`: https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const MAX_MINUTES = 10_080;

/** A service of APM has the name that its tracer gives it, whatever the service of ECS is called. */
export const APM_GROUPS = ['traced service'];

/** Traces of which services. */
export interface ApmScope {
  readonly env: string;
  /** Absent: every service of the environment. */
  readonly service?: string;
}

/** Trace metrics, for each service of Datadog's. */
export interface ApmMonitorOptions extends ApmScope {
  /** How the values of the window become one: `sum`, `avg`, `percentile`. */
  readonly timeAggregation: string;
  /** `of('sum:trace.web.request.hits')` is that metric with the filter and the groups. */
  readonly formula: (of: (metric: string) => string) => string;
}

/**
 * A monitor on trace metrics. Their tags are `env` and `service`; those of the latency have no tag of the host, so no cluster and no ECS service either: `services` of the
 * target are other things than these and restrict nothing.
 *
 * @see https://docs.datadoghq.com/tracing/metrics/metrics_namespace/
 */
export class ApmMonitor implements DatadogSource {
  constructor(private readonly options: ApmMonitorOptions) {}

  public objection({ window }: AlertDescription): string | undefined {
    return windowObjection(window, MAX_MINUTES);
  }

  public monitor({ comparison, threshold, window }: AlertDescription): MonitorQuery {
    const { timeAggregation, formula } = this.options;
    const value = formula((metric) => `${metric}{${apmFilter(this.options)}} by {service}`);
    return {
      type: DatadogMonitorType.METRIC,
      query: `${timeAggregation}(last_${datadogMinutes(window.duration.toMinutes())}):${value} ${comparison} ${spoken(threshold)}`,
      subject: apmSubject(this.options),
      groups: APM_GROUPS,
      lateness: 'agent',
      missingDataOption: 'notify_no_data',
    };
  }
}

/** The filter of a query of trace metrics. */
export function apmFilter({ env, service }: ApmScope): string {
  return [`env:${tagValue(env)}`, ...(service === undefined ? [] : [`service:${tagValue(service)}`])].join(',');
}

/** Whose value it is, as part of a sentence. */
export function apmSubject({ env }: ApmScope): string {
  return `service {{service.name}} of environment ${env}`;
}
