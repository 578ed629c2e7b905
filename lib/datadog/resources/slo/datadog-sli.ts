// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { checkText } from '../check-fields';
import { IDatadogMonitor } from '../monitor/i-datadog-monitor';
import { ApiJson } from '../resource-description';

/** Good events and all events. */
export interface DatadogMetricSliOptions {
  /** The metric query of the good events, a sum: `sum:trace.web.request.hits{!http.status_code:5*}.as_count()`. */
  readonly numerator: string;

  /** The metric query of all events, a sum: `sum:trace.web.request.hits{*}.as_count()`. */
  readonly denominator: string;
}

/** How a time slice is compared with its threshold: the slice is good where the comparison holds. */
export enum DatadogComparator {
  /** `>` */
  GREATER_THAN = '>',
  /** `>=` */
  GREATER_THAN_OR_EQUAL = '>=',
  /** `<` */
  LESS_THAN = '<',
  /** `<=` */
  LESS_THAN_OR_EQUAL = '<=',
}

/** When a slice of time is good. */
export interface DatadogTimeSliceSliOptions {
  /** Metric queries by the names that the formula calls them: `{ latency: 'p95:trace.web.request{env:prod}' }`. */
  readonly queries: { readonly [name: string]: string };

  /**
   * What is computed of the queries, such as `errors / hits`.
   *
   * @default - the only query itself
   */
  readonly formula?: string;

  /** How the result is compared for a slice to be good. */
  readonly comparator: DatadogComparator;

  /** What the result is compared with, in the unit of the metric. */
  readonly threshold: number;

  /**
   * How long a slice is, one or five minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;
}

/**
 * What a service level objective is measured by.
 *
 * @see https://docs.datadoghq.com/service_level_objectives/guide/slo_types_comparison/
 */
export class DatadogSli {
  /** The share of good events, from metrics: https://docs.datadoghq.com/service_level_objectives/metric/. */
  public static metric(options: DatadogMetricSliOptions): DatadogSli {
    checkText('numerator', options.numerator);
    checkText('denominator', options.denominator);
    return new DatadogSli({ type: 'metric', query: { numerator: options.numerator, denominator: options.denominator } });
  }

  /** The share of time in which none of some monitors alerted: https://docs.datadoghq.com/service_level_objectives/monitor/. */
  public static monitors(...monitors: IDatadogMonitor[]): DatadogSli {
    if (monitors.length === 0) {
      throw new Error('\'monitors\' must hold at least one monitor, got: none');
    }
    return new DatadogSli({ type: 'monitor', monitor_ids: monitors.map(({ monitorId }) => monitorId) }, monitors);
  }

  /**
   * The share of time in which some groups of one monitor did not alert.
   *
   * @param groups up to 100 groups as the monitor has them: `env:prod,servicename:web`
   */
  public static monitorGroups(monitor: IDatadogMonitor, groups: string[]): DatadogSli {
    if (!Token.isUnresolved(groups) && (groups.length === 0 || groups.length > MAX_GROUPS)) {
      throw new Error(`'groups' must hold 1 to ${MAX_GROUPS} groups, got: ${groups.length}`);
    }
    return new DatadogSli({ type: 'monitor', monitor_ids: [monitor.monitorId], groups: [...groups] }, [monitor]);
  }

  /** The share of good slices of time, from metrics: https://docs.datadoghq.com/service_level_objectives/time_slice/. */
  public static timeSlice(options: DatadogTimeSliceSliOptions): DatadogSli {
    const { queries, comparator, threshold, interval } = options;
    const names = Object.keys(queries).sort();
    const formula = options.formula ?? (names.length === 1 ? names[0] : undefined);
    if (formula === undefined) {
      throw new Error(`'formula' must say what is computed of the queries, got: none with ${names.length} queries`);
    }
    checkText('formula', formula);
    names.forEach((name) => checkText(`queries.${name}`, queries[name]));
    return new DatadogSli({
      type: 'time_slice',
      sli_specification: {
        time_slice: {
          query: { formulas: [{ formula }], queries: names.map((name) => ({ data_source: 'metrics', name, query: queries[name] })) },
          comparator,
          threshold,
          ...(interval === undefined ? {} : { query_interval_seconds: sliceSeconds(interval) }),
        },
      },
    });
  }

  /**
   * What an exported objective says of it.
   *
   * @internal
   */
  public static _ofFields(fields: ApiJson): DatadogSli {
    return new DatadogSli(fields);
  }

  /** @internal */
  public readonly _fields: ApiJson;

  /** @internal */
  public readonly _monitors: readonly IDatadogMonitor[];

  private constructor(fields: ApiJson, monitors: readonly IDatadogMonitor[] = []) {
    this._fields = fields;
    this._monitors = [...monitors];
  }
}

/** https://docs.datadoghq.com/api/latest/service-level-objectives/create-an-slo-object/ */
const MAX_GROUPS = 100;

/** https://docs.datadoghq.com/api/latest/service-level-objectives/create-an-slo-object/ */
const SLICE_SECONDS = [60, 300];

function sliceSeconds(interval: Duration): number {
  const seconds = interval.toSeconds({ integral: false });
  if (!SLICE_SECONDS.includes(seconds)) {
    throw new Error(`'interval' must be one or five minutes, got: ${interval.toHumanString()}`);
  }
  return seconds;
}
