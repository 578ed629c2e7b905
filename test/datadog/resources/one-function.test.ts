// SPDX-License-Identifier: Apache-2.0
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accountIn, customResources, newStack } from './fixture';
import {
  DatadogAccount, DatadogBackend, DatadogMonitor, DatadogMonitorProps, DatadogMonitorType, DatadogSecret, DatadogSite,
} from '../../../lib/datadog';

function monitor(scope: Construct, id: string, props: Partial<DatadogMonitorProps> & { readonly datadog: DatadogAccount }): DatadogMonitor {
  return new DatadogMonitor(scope, id, { name: id, type: DatadogMonitorType.METRIC, query: 'avg(last_5m):avg:system.load.1{*} > 3', ...props });
}

function functionsOf(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);
}

describe('one function', () => {
  test('for everything of an account in a stack, also where the account is made twice', () => {
    const stack = newStack();
    monitor(stack, 'A', { datadog: accountIn(stack) });
    monitor(stack, 'B', { datadog: accountIn(stack, {}, 'Again') });
    monitor(new Construct(stack, 'Deeper'), 'C', { datadog: accountIn(stack, {}, 'Third'), backend: DatadogBackend.customResource() });
    expect(functionsOf(stack)).toHaveLength(1);
  });

  test('for a key that is made in the app, whose address is a token', () => {
    const stack = newStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const key = () => DatadogSecret.fromSecretsManager(secret);
    monitor(stack, 'A', { datadog: new DatadogAccount({ apiKey: key(), applicationKey: key() }) });
    monitor(stack, 'B', { datadog: new DatadogAccount({ apiKey: key(), applicationKey: key() }) });
    expect(functionsOf(stack)).toHaveLength(1);
  });

  test('each for two sites, with ids that do not depend on which comes first', () => {
    const idsIn = (sites: DatadogSite[]) => {
      const stack = newStack();
      sites.forEach((site, index) => monitor(stack, `M${index}`, { datadog: accountIn(stack, { site }, `Keys${index}`) }));
      return Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function')).sort();
    };
    expect(idsIn([DatadogSite.EU1, DatadogSite.US1])).toHaveLength(2);
    expect(idsIn([DatadogSite.EU1, DatadogSite.US1])).toEqual(idsIn([DatadogSite.US1, DatadogSite.EU1]));
  });

  describe('each for two organizations of one site, and for two ways to run it', () => {
    const partner = DatadogBackend.customResource({ functionId: 'Partner' });
    const shortLog = DatadogBackend.customResource({ functionId: 'ShortLog', logRetention: logs.RetentionDays.ONE_DAY });
    const PLANS: { readonly [id: string]: { readonly key: string; readonly backend?: DatadogBackend } } = {
      A: { key: 'One' }, B: { key: 'Two', backend: partner }, C: { key: 'Two', backend: partner }, D: { key: 'One', backend: shortLog },
    };

    function serviceTokens(ids: string[]): { [id: string]: string } {
      const stack = newStack();
      const keyOf = (id: string) => DatadogSecret.fromSecretsManager(
        (stack.node.tryFindChild(id) ?? new secretsmanager.Secret(stack, id)) as secretsmanager.Secret,
      );
      ids.forEach((id) => monitor(stack, id, {
        datadog: new DatadogAccount({ apiKey: keyOf(PLANS[id].key), applicationKey: keyOf(PLANS[id].key) }), backend: PLANS[id].backend,
      }));
      return Object.fromEntries(customResources(stack, 'Custom::DatadogMonitor').map(({ definition, properties }) =>
        [definition.name, properties.ServiceToken['Fn::GetAtt'][0]]));
    }

    test('with ids that the user tells apart', () => {
      expect(serviceTokens(['A', 'B', 'C', 'D'])).toEqual({
        A: 'DatadogResourcesdatadoghqcomHandlerB51A72E6',
        B: expect.stringMatching(/^DatadogResourcesdatadoghqcomPartnerHandler/),
        C: expect.stringMatching(/^DatadogResourcesdatadoghqcomPartnerHandler/),
        D: expect.stringMatching(/^DatadogResourcesdatadoghqcomShortLogHandler/),
      });
    });

    test('that do not depend on what else is there, and in which order', () => {
      const { A, B, D } = serviceTokens(['A', 'B', 'D']);
      expect(serviceTokens(['D', 'B', 'A'])).toEqual({ A, B, D });
      expect(serviceTokens(['B'])).toEqual({ B });
      expect(serviceTokens(['D'])).toEqual({ D });
    });
  });

  test.each([
    [undefined, /^'functionId' must be given .* one site, datadoghq\.com, with two accounts .* as 'Stack' does, got: none$/],
    ['Twice', /^'functionId' must differ .* got: 'Twice' for both$/],
  ])('never for two organizations of one site: %s', (functionId, error) => {
    const stack = newStack();
    const backend = DatadogBackend.customResource({ functionId });
    monitor(stack, 'A', { datadog: accountIn(stack), backend });
    const before = stack.node.findAll().length;
    const other = DatadogSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(new Stack(), 'Other', 'other'));
    expect(() => monitor(stack, 'B', { datadog: new DatadogAccount({ apiKey: other, applicationKey: other }), backend })).toThrow(error);
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test('with an id that is one', () => {
    expect(() => DatadogBackend.customResource({ functionId: 'a/b' })).toThrow("'functionId' must be a part of a construct's id");
  });

  test('each for two stacks and for a nested one', () => {
    const app = new App();
    const [first, second] = ['First', 'Second'].map((id) => newStack(id, app));
    const nested = new NestedStack(first, 'Nested');
    const datadog = accountIn(first);
    [first, second, nested].forEach((stack) => monitor(stack, 'M', { datadog }));
    expect([first, second, nested].map((stack) => functionsOf(stack).length)).toEqual([1, 1, 1]);
  });
});
