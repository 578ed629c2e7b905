// SPDX-License-Identifier: Apache-2.0
import { DatadogSli } from './datadog-sli';
import { DatadogResourceProps } from '../datadog-resource-props';

/** Over what time an objective holds, rolling. */
export enum DatadogSloTimeframe {
  /** The last 7 days. */
  SEVEN_DAYS = '7d',
  /** The last 30 days. */
  THIRTY_DAYS = '30d',
  /** The last 90 days. */
  NINETY_DAYS = '90d',
}

/** What is aimed at in one timeframe. */
export interface DatadogSloThreshold {
  /** The timeframe. */
  readonly timeframe: DatadogSloTimeframe;

  /** What is aimed at, in percent: above 0, at most 100. */
  readonly target: number;

  /**
   * Below this share, in percent, the objective is shown as warning. It is above the target.
   *
   * @default - no warning
   */
  readonly warning?: number;
}

/** Properties of a `DatadogSlo`. */
export interface DatadogSloProps extends DatadogResourceProps {
  /** The name of the objective. */
  readonly name: string;

  /** What it is measured by. Changing the kind may replace the objective. */
  readonly sli: DatadogSli;

  /** What is aimed at, one entry for each timeframe and at least one. */
  readonly thresholds: DatadogSloThreshold[];

  /**
   * What it is about.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Tags of the objective, as `key:value`. The custom resource adds tags by which it knows the objective again.
   *
   * @default - none
   */
  readonly tags?: string[];

  /**
   * Further fields of the API's objective, for all that has no property here.
   *
   * @default - none
   * @see https://docs.datadoghq.com/api/latest/service-level-objectives/create-an-slo-object/
   */
  readonly additionalFields?: { readonly [name: string]: any };
}
