// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { alarmsOf, importedService, newCluster, newStack } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';

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

describe('which events count', () => {
  // The fields that matter of recorded events, with invented names.
  const event = (detail: Record<string, unknown>) => ({
    'source': 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    'detail': {
      clusterArn: 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod',
      group: 'service:web',
      desiredStatus: 'STOPPED',
      lastStatus: 'STOPPED',
      startedAt: '2026-05-02T14:19:34.52Z',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      ...detail,
    },
  });

  const stack = newStack();
  const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod');
  const service = ecs.FargateService.fromFargateServiceArn(stack, 'Web', 'arn:aws:ecs:eu-west-1:111111111111:service/prod/web');
  new EcsAlarms(stack, 'Alarms', {
    cluster, services: [service], rules: [AlertRule.runningContainersDropped()], backends: [AlertBackend.cloudWatch()],
  });
  const [{ Properties: { EventPattern: pattern } }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));

  test.each([
    ['a container that exited', {}],
    ['failed health checks', { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed ELB health checks in (target-group arn)' }],
    ['an interrupted Spot task', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }],
  ])('%s', (_name, detail) => {
    expect(matches(pattern, event(detail))).toBe(true);
  });

  test.each([
    ['scaled in, or replaced by a deployment', { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/8646900195280463695)' }],
    ['on its way to be stopped', { lastStatus: 'DEPROVISIONING' }],
    ['never started', { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: not found', startedAt: undefined }],
    ['of another service', { group: 'service:web-2' }],
    ['of no service', { group: 'family:web' }],
    ['of another cluster', { clusterArn: 'arn:aws:ecs:eu-west-1:111111111111:cluster/test' }],
  ])('not: %s', (_name, detail) => {
    expect(matches(pattern, event(detail))).toBe(false);
  });
});

/** What EventBridge does with the few kinds of matchers used here: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
function matches(pattern: any, event: any): boolean {
  return Object.entries<any>(pattern).every(([field, allowed]) => {
    const value = event[field];
    if (!Array.isArray(allowed)) {
      return matches(allowed, value ?? {});
    }
    return allowed.some((matcher) => {
      if (typeof matcher === 'string') {
        return value === matcher;
      }
      if ('exists' in matcher) {
        return (value !== undefined) === matcher.exists;
      }
      return value !== undefined && !value.startsWith(matcher['anything-but'].prefix);
    });
  });
}
