// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { accountIn, newStack, SECRET_ARN, textOf } from './fixture';
import { readProperties } from '../../../lambda/datadog-resource/cloudformation/resource-properties';
import { readSettings } from '../../../lambda/datadog-resource/settings';
import { readProxySettings } from '../../../lambda/shared/transport/proxy-settings';
import {
  DatadogDowntime, DatadogMonitor, DatadogMonitorType, DatadogSite, DatadogSli, DatadogSlo, DatadogSloTimeframe,
} from '../../../lib/datadog';

/** What the handler in `lambda/datadog-resource` reads is what the constructs write. */
function stackOfAllKinds(): Stack {
  const stack = newStack();
  const datadog = accountIn(stack, {
    site: DatadogSite.EU1, endpoints: { api: 'https://api.internal' }, proxy: { https: 'http://proxy.internal:3128', noProxy: ['sts.internal'] },
  });
  const monitor = new DatadogMonitor(stack, 'M', {
    datadog, adoptId: '4711', name: 'CPU', type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:x{*} > 1',
  });
  new DatadogSlo(stack, 'S', {
    datadog, name: 'Up', sli: DatadogSli.monitors(monitor), thresholds: [{ timeframe: DatadogSloTimeframe.SEVEN_DAYS, target: 99 }],
  });
  new DatadogDowntime(stack, 'D', { datadog, monitor, removalPolicy: RemovalPolicy.RETAIN });
  return stack;
}

test.each([
  ['Custom::DatadogMonitor', { adoptId: '4711', keepsOnDelete: true, definition: { type: 'query alert' } }],
  ['Custom::DatadogSlo', { adoptId: undefined, keepsOnDelete: false, definition: { monitor_ids: [4711] } }],
  ['Custom::DatadogDowntime', { adoptId: undefined, keepsOnDelete: true, definition: { monitor_identifier: { monitor_id: 4711 } } }],
])('the properties of a %s', (type, expected) => {
  const [{ Properties }] = Object.values(Template.fromStack(stackOfAllKinds()).findResources(type));
  const { kind, ...read } = readProperties({ ...Properties, Definition: textOf(Properties.Definition) });
  expect(type.toLowerCase()).toBe(`custom::datadog${kind.name}`);
  expect(read).toMatchObject(expected);
});

test('the environment', () => {
  const [{ Properties }] = Object.values(Template.fromStack(stackOfAllKinds()).findResources('AWS::Lambda::Function'));
  const environment = Properties.Environment.Variables;
  expect(readSettings(environment)).toMatchObject({
    apiUrl: 'https://api.internal',
    site: 'datadoghq.eu',
    apiKey: { secretArn: SECRET_ARN, secretField: 'api-key' },
    applicationKey: { secretArn: SECRET_ARN, secretField: 'app-key' },
  });
  expect(readProxySettings(environment)).toEqual({ https: 'http://proxy.internal:3128', http: 'http://proxy.internal:3128', noProxy: 'sts.internal' });
});
