// SPDX-License-Identifier: Apache-2.0
import { IDatadogMonitor } from './i-datadog-monitor';
import { DatadogBackend } from '../datadog-backend';
import { DatadogResourceProps } from '../datadog-resource-props';

/** What monitors that this library makes say beside what everybody may see. */
interface MonitorOnSite extends IDatadogMonitor {
  readonly _site?: string;
}

/** Throws on a monitor of another site, which Datadog would not find, or take for another one. Two organizations of one site look alike here. */
export function checkSites(property: string, props: DatadogResourceProps, monitors: readonly IDatadogMonitor[]): void {
  const { datadog, backend = DatadogBackend.customResource() } = props;
  const site = backend._renderer.siteOf(datadog);
  for (const monitor of monitors as readonly MonitorOnSite[]) {
    if (site !== undefined && monitor._site !== undefined && monitor._site !== site) {
      throw new Error(`'${property}' must refer to monitors of the account's own site, ${site}, got: '${monitor.node.path}' on ${monitor._site}`);
    }
  }
}
