// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkSites } from './check-sites';
import { DatadogCompositeMonitorProps, DatadogMonitorProps } from './datadog-monitor-props';
import { DatadogMonitorType } from './datadog-monitor-type';
import { exportedMonitorProps } from './exported-monitor';
import { IDatadogMonitor, ImportedMonitor } from './i-datadog-monitor';
import { monitorDefinition } from './monitor-definition';
import { DatadogExportProps } from '../datadog-export-props';
import { PreparedResource } from '../prepared-resource';
import { urlOf } from '../resource-description';

/**
 * A monitor in Datadog.
 *
 * @see https://docs.datadoghq.com/api/latest/monitors/
 * @example
 * const cpu = new DatadogMonitor(this, 'Cpu', {
 *   datadog,
 *   name: 'CPU of {{servicename.name}} is high',
 *   type: DatadogMonitorType.METRIC,
 *   query: 'avg(last_15m):avg:aws.ecs.service.cpuutilization{clustername:prod} by {servicename} > 90',
 *   thresholds: { warning: 80 },
 *   evaluationDelay: Duration.minutes(15),
 *   message: '@slack-ops',
 * });
 */
export class DatadogMonitor extends Construct implements IDatadogMonitor {
  /**
   * A monitor that is kept elsewhere.
   *
   * @throws if the id is not a whole number
   */
  public static fromMonitorId(scope: Construct, id: string, monitorId: number): IDatadogMonitor {
    if (!Token.isUnresolved(monitorId) && !(Number.isInteger(monitorId) && monitorId > 0)) {
      throw new Error(`'monitorId' must be a whole number above 0, got: ${monitorId}`);
    }
    return new ImportedMonitor(scope, id, monitorId);
  }

  /**
   * A monitor as it was exported from Datadog, whole.
   *
   * @throws if it has no name, type or query, and as the constructor does
   */
  public static fromJson(scope: Construct, id: string, props: DatadogExportProps): DatadogMonitor {
    return new DatadogMonitor(scope, id, exportedMonitorProps(props));
  }

  /**
   * A monitor that alerts when several others do.
   *
   * @throws if one of them is on another site, and as the constructor does
   * @example
   * declare const errors: DatadogMonitor;
   * declare const deploying: DatadogMonitor;
   * DatadogMonitor.composite(this, 'ErrorsWithoutDeployment', {
   *   datadog,
   *   name: 'Errors, and no deployment',
   *   expression: MonitorExpression.of(errors).and(MonitorExpression.of(deploying).not()),
   * });
   */
  public static composite(scope: Construct, id: string, props: DatadogCompositeMonitorProps): DatadogMonitor {
    const { expression, ...common } = props;
    checkSites('expression', common, expression._monitors);
    return new DatadogMonitor(scope, id, { ...common, type: DatadogMonitorType.COMPOSITE, query: expression.toString() });
  }

  public readonly monitorId: number;

  /** @internal */
  public readonly _site?: string;

  private readonly url?: string;

  /**
   * @throws if the account has no application key, if a threshold differs from the number in the query or is on the wrong side of another one, if
   *   something is said by a property and in `options` too, and if the backend cannot express something
   */
  constructor(scope: Construct, id: string, props: DatadogMonitorProps) {
    const resource = new PreparedResource('monitor', scope, props, monitorDefinition(props));
    super(scope, id);
    const rendered = resource.renderIn(this);
    this.monitorId = rendered.numericId;
    this._site = resource.site;
    this.url = rendered.url;
  }

  /**
   * The monitor's page in Datadog.
   *
   * @throws with `DatadogBackend.cloudFormationTypes()`, which do not know it
   */
  public get monitorUrl(): string {
    return urlOf('monitorUrl', this.url);
  }
}
