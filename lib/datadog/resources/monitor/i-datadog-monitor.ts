// SPDX-License-Identifier: Apache-2.0
import { Construct, IConstruct } from 'constructs';

/** A monitor in Datadog. */
export interface IDatadogMonitor extends IConstruct {
  /** The monitor's id, a number as Datadog's API has it. */
  readonly monitorId: number;
}

/** A monitor that is kept elsewhere. */
export class ImportedMonitor extends Construct implements IDatadogMonitor {
  constructor(scope: Construct, id: string, public readonly monitorId: number) {
    super(scope, id);
  }
}
