// SPDX-License-Identifier: Apache-2.0
import { Construct, IConstruct } from 'constructs';
import { DatadogMonitorProps } from './datadog-monitor-props';
import { DatadogBackend } from '../datadog-backend';

/** A monitor in Datadog. */
export interface IDatadogMonitor extends IConstruct {
  /** The monitor's id, a number as Datadog's API has it. */
  readonly monitorId: number;
}

/** A monitor in Datadog, kept by CloudFormation. */
export class DatadogMonitor extends Construct implements IDatadogMonitor {
  /** A monitor that is kept elsewhere. */
  public static fromMonitorId(scope: Construct, id: string, monitorId: number): IDatadogMonitor {
    class ImportedMonitor extends Construct implements IDatadogMonitor {
      public readonly monitorId = monitorId;
    }
    return new ImportedMonitor(scope, id);
  }

  public readonly monitorId: number;

  constructor(scope: Construct, id: string, props: DatadogMonitorProps) {
    const renderer = (props.backend ?? DatadogBackend.customResource())._renderer;
    const { datadog, adoptId, removalPolicy, name, type, query, message, tags, priority, restrictedRoles, options } = props;
    const definition = {
      name,
      type: type.type,
      query,
      ...(message === undefined ? {} : { message }),
      ...(tags === undefined ? {} : { tags: [...tags] }),
      ...(priority === undefined ? {} : { priority }),
      ...(restrictedRoles === undefined ? {} : { restricted_roles: [...restrictedRoles] }),
      ...(options === undefined ? {} : { options }),
    };
    const description = { kind: 'monitor' as const, datadog, definition, adoptId, removalPolicy };
    renderer.check(description);
    super(scope, id);
    this.monitorId = renderer.render(this, description).numericId;
  }
}
