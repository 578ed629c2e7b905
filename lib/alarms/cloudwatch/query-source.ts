// SPDX-License-Identifier: Apache-2.0
import { AlertWindow } from '../alert-description';
import { AlarmSeries, CloudWatchSource, SeriesRequest } from './cloudwatch-source';
import { GroupedQuery, contributor, metricsInsights, metricsInsightsObjection } from './metrics-insights';

/** A query, and whose values its series are. */
export interface QuerySourceOptions extends GroupedQuery {
  readonly subject: string;
}

/** A metric that is not of ECS services: always one alarm on a query, with or without `services`. */
export class QuerySource implements CloudWatchSource {
  public readonly containerInsights = 'none';

  constructor(private readonly options: QuerySourceOptions) {}

  public objection(window: AlertWindow): string | undefined {
    return metricsInsightsObjection(window);
  }

  public series({ scope, statistic, period }: SeriesRequest): AlarmSeries[] {
    return [{ scope, metric: metricsInsights(this.options, statistic, period), subject: contributor(this.options.subject) }];
  }
}
