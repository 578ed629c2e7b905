// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { codeOf, filtersOf, forwarderIn, newApp } from './fixture';

/** Groups whose names are tokens, in stacks of their own since a stack takes 500 resources. */
function forwarding(count: number): { readonly app: App; readonly central: Stack; readonly stacks: Stack[] } {
  const app = newApp();
  const central = new Stack(app, 'Central');
  const forwarder = forwarderIn(central, { env: 'prod', tags: { team: 'shop' } });
  const stacks = Array.from({ length: Math.ceil(count / 100) }, (_unused, index) => new Stack(app, `Stack${index}`));
  for (let index = 0; index < count; index++) {
    forwarder.addLogGroup(new logs.LogGroup(stacks[Math.floor(index / 100)], `Group${index}`), { service: `service-${index}`, source: 'java' });
  }
  return { app, central, stacks };
}

function environmentOf(stack: Stack): string {
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return JSON.stringify(handler.Properties.Environment.Variables);
}

test('500 log groups are 500 filters, one permission, and an environment that has not grown', () => {
  const { app, central, stacks } = forwarding(500);
  const { identities } = codeOf(central, app.synth());

  const filters = stacks.flatMap(filtersOf);
  expect(filters).toHaveLength(500);
  expect(filters.every(({ properties }) => typeof properties.LogGroupName === 'object')).toBe(true);
  expect(Object.keys(identities).sort()).toEqual(filters.map(({ properties }) => properties.FilterName).sort());
  expect(new Set(Object.values<any>(identities).map(({ service }) => service)).size).toBe(500);

  Template.fromStack(central).resourcePropertiesCountIs('AWS::Lambda::Permission', { SourceAccount: Match.anyValue() }, 1);
  const environment = environmentOf(central);
  expect(environment).toBe(environmentOf(forwarding(1).central));
  expect(environment.length).toBeLessThan(4096);
});
