// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { accountIn, newStack } from './fixture';
import {
  DatadogAccount, DatadogBackend, DatadogDowntime, DatadogMonitor, DatadogMonitorType, DatadogSite, DatadogSli, DatadogSlo, DatadogSloTimeframe,
  IDatadogMonitor, MonitorExpression,
} from '../../../lib/datadog';

interface References {
  readonly datadog: DatadogAccount;
  readonly monitor: IDatadogMonitor;
  readonly backend?: DatadogBackend;
}

const thresholds = [{ timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99 }];

/** What refers to a monitor, each as `Reference`. */
const REFERENCES: Array<[string, (stack: Stack, references: References) => void]> = [
  ['expression', (stack, { monitor, ...props }) => DatadogMonitor.composite(stack, 'Reference', {
    ...props, name: 'Both', expression: MonitorExpression.of(DatadogMonitor.fromMonitorId(stack, 'Imported', 1)).and(MonitorExpression.of(monitor).not()),
  })],
  ['sli', (stack, { monitor, ...props }) => new DatadogSlo(stack, 'Reference', { ...props, name: 'Up', sli: DatadogSli.monitors(monitor), thresholds })],
  ['sli', (stack, { monitor, ...props }) =>
    new DatadogSlo(stack, 'Reference', { ...props, name: 'Up', sli: DatadogSli.monitorGroups(monitor, ['env:prod']), thresholds })],
  ['monitor', (stack, references) => new DatadogDowntime(stack, 'Reference', references)],
];

function monitorIn(stack: Stack, datadog: DatadogAccount, backend?: DatadogBackend): DatadogMonitor {
  return new DatadogMonitor(stack, 'Cpu', { datadog, backend, name: 'CPU', type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:x{*} > 1' });
}

describe.each(REFERENCES)('%s', (property, refer) => {
  test('cannot refer to a monitor of another site', () => {
    const stack = newStack();
    const monitor = monitorIn(stack, accountIn(stack, { site: DatadogSite.EU1 }));
    expect(() => refer(stack, { datadog: accountIn(stack, {}, 'Other'), monitor }))
      .toThrow(`'${property}' must refer to monitors of the account's own site, datadoghq.com, got: 'Stack/Cpu' on datadoghq.eu`);
    expect(stack.node.tryFindChild('Reference')).toBeUndefined();
  });

  test.each<[string, (stack: Stack) => References]>([
    ['of the same site', (stack) => {
      const datadog = accountIn(stack, { site: DatadogSite.EU1 });
      return { datadog, monitor: monitorIn(stack, datadog) };
    }],
    ['that is kept elsewhere', (stack) => ({ datadog: accountIn(stack), monitor: DatadogMonitor.fromMonitorId(stack, 'Cpu', 12) })],
    ['of a site that only the deployment knows', (stack) => {
      const site = DatadogSite.of(new CfnParameter(stack, 'Site').valueAsString);
      return { datadog: accountIn(stack), monitor: monitorIn(stack, accountIn(stack, { site }, 'Token')) };
    }],
    ['of the CloudFormation types, whose configuration says the site', (stack) => {
      const backend = DatadogBackend.cloudFormationTypes();
      return { datadog: accountIn(stack, { site: DatadogSite.EU1 }), monitor: monitorIn(stack, accountIn(stack, {}, 'Types'), backend) };
    }],
    ['with the CloudFormation types, whose configuration says the site', (stack) => ({
      datadog: accountIn(stack, { site: DatadogSite.EU1 }), monitor: monitorIn(stack, accountIn(stack, {}, 'Types')), backend: DatadogBackend.cloudFormationTypes(),
    })],
  ])('may refer to a monitor %s', (_what, references) => {
    const stack = newStack();
    refer(stack, references(stack));
    expect(stack.node.tryFindChild('Reference')).toBeDefined();
  });
});
