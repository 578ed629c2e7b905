// SPDX-License-Identifier: Apache-2.0
import { AlertRenderer } from './alert-renderer';
import { CloudWatchAlertOptions } from './cloudwatch/cloudwatch-alert-options';
import { CloudWatchRenderer } from './cloudwatch/cloudwatch-renderer';
import { DatadogAlertOptions } from './datadog/datadog-alert-options';
import { DatadogRenderer } from './datadog/datadog-renderer';

/** Who watches the rules and notifies people. */
export class AlertBackend {
  /**
   * CloudWatch alarms. A rule about services is one alarm for a whole cluster, on a Metrics Insights query that has each service as a contributor;
   * with `services` it is one alarm for each. The alarms have no physical names.
   *
   * Such a query looks at one account and region, and at most 500 series; an account may have 200 such alarms per region.
   *
   * A rule about events of ECS is an EventBridge rule that tells the topics of each event, and an alarm on how often that rule matched, which tells them nothing
   * more; it has the other actions.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
   * @throws if there are more than five topics and actions, or more than five actions of another state
   */
  public static cloudWatch(options: CloudWatchAlertOptions = {}): AlertBackend {
    return new AlertBackend(new CloudWatchRenderer(options));
  }

  /**
   * Datadog monitors, kept by CloudFormation: one for each rule, whose groups (services, task families, instances) have states of their own, those that come
   * later too. With `services` the monitor looks at these only.
   *
   * Monitors wait as long as their data is late: 15 minutes for what the AWS integration polls for, not at all for what Agents send. What it counts itself, such as
   * running tasks, it asks ECS for every ten minutes. So monitors on that look back ten minutes longer than the rule says, and 25 at least: a single value never tells of
   * something that lasts.
   *
   * @see https://docs.datadoghq.com/integrations/guide/cloud-metric-delay/
   *
   * @throws if the account has no application key and the monitors need it
   */
  public static datadog(options: DatadogAlertOptions): AlertBackend {
    return new AlertBackend(new DatadogRenderer(options));
  }

  /** @internal */
  public readonly _renderer: AlertRenderer;

  private constructor(renderer: AlertRenderer) {
    this._renderer = renderer;
  }
}
