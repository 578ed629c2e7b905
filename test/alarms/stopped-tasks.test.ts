// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';
import { alarmsOf, importedService, newCluster, newStack } from './fixture';

function watch(rules: AlertRule[], names: string[]): Stack {
  const stack = newStack();
  const services = names.map((name) => importedService(stack, name));
  new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, rules, backends: [AlertBackend.cloudWatch()] });
  return stack;
}

test('counts the stopped tasks of one service, without those that were scaled in or replaced, or never ran', () => {
  Template.fromStack(watch([AlertRule.runningContainersDropped()], ['web'])).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      'detail': {
        clusterArn: [{ 'Fn::GetAtt': ['Cluster', 'Arn'] }],
        group: ['service:web'],
        lastStatus: ['STOPPED'],
        startedAt: [{ exists: true }],
        stoppedReason: [{ 'anything-but': { prefix: 'Scaling activity initiated by' } }],
      },
    },
  });
});

test('two in an hour by default, read from how often the rule was triggered', () => {
  const stack = watch([AlertRule.runningContainersDropped()], ['web']);
  expect(alarmsOf(stack)['Alarms/Services/web/RunningContainersDropped']).toMatchObject({
    Namespace: 'AWS/Events',
    MetricName: 'TriggeredRules',
    Dimensions: [{ Name: 'RuleName', Value: { Ref: Object.keys(Template.fromStack(stack).findResources('AWS::Events::Rule'))[0] } }],
    Statistic: 'Sum',
    Period: 3600,
    EvaluationPeriods: 1,
    Threshold: 2,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('every rule has a target, the log group that all services share, by an ARN that EventBridge takes', () => {
  const template = Template.fromStack(watch([AlertRule.runningContainersDropped()], ['web', 'api', 'worker']));
  template.resourceCountIs('AWS::Events::Rule', 3);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  template.allResourcesProperties('AWS::Events::Rule', {
    Targets: [{
      Id: Match.anyValue(),
      Arn: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:', { Ref: logGroup }]],
      },
    }],
  });
});

test('one resource policy for all services, since an account has ten a region, and no custom resource', () => {
  const template = Template.fromStack(watch([AlertRule.runningContainersDropped()], ['web', 'api', 'worker']));
  template.resourceCountIs('AWS::Logs::ResourcePolicy', 1);
  template.resourceCountIs('AWS::Lambda::Function', 0);
  const [{ Properties }] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
  const document = JSON.stringify(Properties.PolicyDocument);
  expect(document).toContain('events.amazonaws.com');
  expect(document).toContain('delivery.logs.amazonaws.com');
});

test('two thresholds share the rule and the log group', () => {
  const template = Template.fromStack(watch([
    AlertRule.runningContainersDropped(), AlertRule.runningContainersDropped({ id: 'ManyDropped', by: 10, within: Duration.minutes(10) }),
  ], ['web']));
  template.resourceCountIs('AWS::Events::Rule', 1);
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 10, Period: 600 });
});
