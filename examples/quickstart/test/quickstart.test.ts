// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { QuickstartStack } from '../quickstart-stack';

const template = Template.fromStack(new QuickstartStack(new App(), 'Quickstart'));

test('the template is the one that was reviewed', () => {
  expect(template.toJSON()).toMatchSnapshot();
});

test('the web application is known by its name and version', () => {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([Match.objectLike({
      Name: 'flask',
      Environment: Match.arrayWith([{ Name: 'DD_SERVICE', Value: 'shop-web' }, { Name: 'DD_VERSION', Value: '1.4.2' }]),
    })]),
  });
});

test('seven alarms for the whole cluster reach the people on call', () => {
  template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: Match.stringLikeRegexp('^OnCall') }] }, 7);
});
