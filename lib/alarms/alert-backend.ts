// SPDX-License-Identifier: Apache-2.0
import { AlertRenderer } from './alert-renderer';
import { CloudWatchAlertOptions, CloudWatchRenderer } from './cloudwatch/cloudwatch-renderer';

/** Who watches the rules and notifies people. */
export class AlertBackend {
  /**
   * CloudWatch alarms. A rule about services is one alarm for a whole cluster, on a Metrics Insights query that has each service as a contributor;
   * with `services` it is one alarm for each. The alarms have no physical names.
   *
   * Such a query looks at one account and region, and at most 500 series; an account may have 200 such alarms per region.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
   */
  public static cloudWatch(options: CloudWatchAlertOptions = {}): AlertBackend {
    return new AlertBackend(new CloudWatchRenderer(options));
  }

  /** @internal */
  public readonly _renderer: AlertRenderer;

  private constructor(renderer: AlertRenderer) {
    this._renderer = renderer;
  }
}
