// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogSloProps } from './datadog-slo-props';
import { exportedSloProps } from './exported-slo';
import { IDatadogSlo, ImportedSlo } from './i-datadog-slo';
import { sloDefinition } from './slo-definition';
import { checkText } from '../check-fields';
import { DatadogExportProps } from '../datadog-export-props';
import { checkSites } from '../monitor/check-sites';
import { PreparedResource } from '../prepared-resource';
import { urlOf } from '../resource-description';

/**
 * A service level objective in Datadog.
 *
 * @see https://docs.datadoghq.com/service_level_objectives/
 * @example
 * declare const cpu: DatadogMonitor;
 * new DatadogSlo(this, 'Availability', {
 *   datadog,
 *   name: 'Checkout is available',
 *   sli: DatadogSli.monitors(cpu),
 *   thresholds: [{ timeframe: DatadogSloTimeframe.THIRTY_DAYS, target: 99.9, warning: 99.95 }],
 * });
 */
export class DatadogSlo extends Construct implements IDatadogSlo {
  /** An objective that is kept elsewhere. */
  public static fromSloId(scope: Construct, id: string, sloId: string): IDatadogSlo {
    checkText('sloId', sloId);
    return new ImportedSlo(scope, id, sloId);
  }

  /**
   * An objective as it was exported from Datadog, whole.
   *
   * @throws as the constructor does
   */
  public static fromJson(scope: Construct, id: string, props: DatadogExportProps): DatadogSlo {
    checkText('json.type', props.json.type);
    return new DatadogSlo(scope, id, exportedSloProps(props));
  }

  public readonly sloId: string;

  private readonly url?: string;

  /**
   * @throws if the account has no application key, if a threshold is no percentage or a timeframe is there twice, if a monitor is on another
   *   site, and if the backend cannot express something: the CloudFormation type knows no time slices
   */
  constructor(scope: Construct, id: string, props: DatadogSloProps) {
    checkSites('sli', props, props.sli._monitors);
    const resource = new PreparedResource('slo', scope, props, sloDefinition(props));
    super(scope, id);
    const rendered = resource.renderIn(this);
    this.sloId = rendered.id;
    this.url = rendered.url;
  }

  /**
   * The objective's page in Datadog.
   *
   * @throws with `DatadogBackend.cloudFormationTypes()`, which do not know it
   */
  public get sloUrl(): string {
    return urlOf('sloUrl', this.url);
  }
}
