// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  DatadogAccount, DatadogDowntime, DatadogDowntimeSchedule, DatadogMonitor, DatadogMonitorType, DatadogSli, DatadogSlo, DatadogSloTimeframe,
  IDatadogMonitor, MonitorExpression,
} from 'cdk-ecs-datadog';

export interface ShopObjectivesProps {
  readonly datadog: DatadogAccount;
  /** Alerts when requests fail. */
  readonly failingRequests: IDatadogMonitor;
  /** Alerts when a service has too few tasks. */
  readonly runningTasks: IDatadogMonitor;
  /** Whom Datadog notifies. */
  readonly notify: string[];
}

const TAGS = ['env:prod', 'team:shop'];

/** Requests of the web application, which Datadog counts from its traces by the status that they ended with. */
const REQUESTS = 'trace.express.request.hits.by_http_status';

/** What no rule about ECS can know: what the shop is there for. Datadog's own objects, each as its API has it. */
export class ShopObjectives extends Construct {
  constructor(scope: Construct, id: string, { datadog, failingRequests, runningTasks, notify }: ShopObjectivesProps) {
    super(scope, id);
    const noOrders = new DatadogMonitor(this, 'NoOrders', {
      datadog,
      name: 'No orders in 15 minutes',
      type: DatadogMonitorType.METRIC,
      // The application counts its orders through DogStatsD. Without an order it sends nothing, which is to be 0 here.
      query: 'sum(last_15m):default_zero(sum:shop.orders.placed{env:prod}.as_count()) < 1',
      message: `Nobody has ordered anything for 15 minutes: try it yourself.\n\n${notify.join(' ')}`,
      tags: TAGS,
      priority: 2,
    });
    new DatadogDowntime(this, 'Night', {
      datadog,
      monitor: noOrders,
      schedule: DatadogDowntimeSchedule.recurring({
        recurrences: [{ rrule: 'FREQ=DAILY;BYHOUR=0;BYMINUTE=0', duration: Duration.hours(6) }],
        timezone: 'Europe/Berlin',
      }),
      message: 'Customers sleep.',
      displayTimezone: 'Europe/Berlin',
    });

    DatadogMonitor.composite(this, 'CheckoutDown', {
      datadog,
      name: 'Requests fail and nobody can order',
      expression: MonitorExpression.of(noOrders).and(MonitorExpression.of(failingRequests)),
      message: `The checkout is down: roll back what was deployed last.\n\n${notify.join(' ')}`,
      renotifyInterval: Duration.minutes(30),
      escalationMessage: 'The checkout is still down. @pagerduty-Shop-Lead',
      tags: TAGS,
      priority: 1,
    });

    new DatadogSlo(this, 'Requests', {
      datadog,
      name: 'Requests to the shop succeed',
      sli: DatadogSli.metric({
        numerator: `sum:${REQUESTS}{env:prod,service:shop-web,!http.status_class:5xx}.as_count()`,
        denominator: `sum:${REQUESTS}{env:prod,service:shop-web}.as_count()`,
      }),
      thresholds: [
        { timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99.5, warning: 99.7 },
        { timeframe: DatadogSloTimeframe.THIRTY_DAYS, target: 99.9, warning: 99.95 },
      ],
      tags: TAGS,
    });
    new DatadogSlo(this, 'Tasks', {
      datadog,
      name: 'Every service has its tasks',
      sli: DatadogSli.monitors(runningTasks),
      thresholds: [{ timeframe: DatadogSloTimeframe.THIRTY_DAYS, target: 99.9 }],
      tags: TAGS,
    });
  }
}
