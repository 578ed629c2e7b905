// SPDX-License-Identifier: Apache-2.0
import { accountIn, customResources, newStack } from './fixture';
import { DatadogMonitor, DatadogMonitorType } from '../../../lib/datadog';

const QUERY = 'avg(last_5m):avg:system.cpu.user{*} > 90';

test('a monitor is a custom resource that carries the API\'s own JSON', () => {
  const stack = newStack();
  new DatadogMonitor(stack, 'Cpu', { datadog: accountIn(stack), name: 'CPU', type: DatadogMonitorType.METRIC, query: QUERY });
  const [{ properties, definition }] = customResources(stack, 'Custom::DatadogMonitor');
  expect(definition).toEqual({ name: 'CPU', type: 'query alert', query: QUERY });
  expect(properties).toMatchObject({ Kind: 'monitor', OnDelete: 'delete' });
});

