// SPDX-License-Identifier: Apache-2.0
import { Construct, IConstruct } from 'constructs';

/** A service level objective in Datadog. */
export interface IDatadogSlo extends IConstruct {
  /** The objective's id. */
  readonly sloId: string;
}

/** An objective that is kept elsewhere. */
export class ImportedSlo extends Construct implements IDatadogSlo {
  constructor(scope: Construct, id: string, public readonly sloId: string) {
    super(scope, id);
  }
}
