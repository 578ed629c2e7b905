// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { matches } from './event-matcher';
import { newCluster, newStack, render } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';
import { AlertDescription } from '../../lib/alarms/alert-description';
import { common } from '../../lib/alarms/alert-rule-options';
import {
  CONTAINER_INSTANCE_STATE_CHANGE, DEPLOYMENT_STATE_CHANGE, EcsEventKind, SERVICE_ACTION, TASK_STATE_CHANGE,
} from '../../lib/alarms/cloudwatch/ecs-events';
import { EventSource } from '../../lib/alarms/cloudwatch/event-source';

/** A rule about some events, as any rule of the library may be. */
function ruleOn(kind: EcsEventKind, detail: object, options: Parameters<typeof common>[1] = {}): AlertRule {
  const description: AlertDescription = {
    ...common('Events1', options),
    title: 'A deployment failed',
    advice: 'look at the events of the service',
    statistic: 'sum',
    comparison: '>',
    threshold: 0,
    window: { kind: 'total', duration: Duration.minutes(5), option: 'within' },
    missingData: 'fine',
    cloudWatch: new EventSource({ kind, detail: { ...detail }, fields: [{ label: 'Reason', path: '$.detail.reason' }] }),
  };
  return Reflect.construct(AlertRule, [description]);
}

const cloudWatchOnly = { datadog: false } as const;

/** The example of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html. Its detail names no cluster. */
function deploymentEvent(serviceArn: string, eventName = 'SERVICE_DEPLOYMENT_FAILED'): object {
  return {
    'version': '0',
    'id': 'ddca6449-b258-46c0-8653-e0e3aEXAMPLE',
    'detail-type': 'ECS Deployment State Change',
    'source': 'aws.ecs',
    'account': '111111111111',
    'time': '2020-05-23T12:31:14Z',
    'region': 'eu-west-1',
    'resources': [serviceArn],
    'detail': {
      eventType: 'ERROR', eventName, deploymentId: 'ecs-svc/123', updatedAt: '2020-05-23T11:11:11Z', reason: 'ECS deployment circuit breaker: task failed to start.',
    },
  };
}

describe('a deployment is told by the ARN of its service, in which the cluster stands', () => {
  const failed = { eventName: ['SERVICE_DEPLOYMENT_FAILED'] };
  const arn = (path: string) => `arn:aws:ecs:eu-west-1:111111111111:service/${path}`;

  test('of a whole cluster', () => {
    const { eventPattern } = render(ruleOn(DEPLOYMENT_STATE_CHANGE, failed), cloudWatchOnly);
    const resolved = JSON.parse(JSON.stringify(eventPattern).replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, '"arn:aws$1"'));
    expect(matches(resolved, deploymentEvent(arn('prod/web')))).toBe(true);
    expect(matches(resolved, deploymentEvent(arn('prod2/web')))).toBe(false);
    expect(matches(resolved, deploymentEvent(arn('prod/web'), 'SERVICE_DEPLOYMENT_COMPLETED'))).toBe(false);
    expect(matches(resolved, { ...deploymentEvent(arn('prod/web')), source: 'my.app' })).toBe(false);
  });

  test('of some services', () => {
    const { eventPattern } = render(ruleOn(DEPLOYMENT_STATE_CHANGE, failed), { ...cloudWatchOnly, services: ['web', 'api'] });
    expect(matches(eventPattern, deploymentEvent(arn('prod/web')))).toBe(true);
    expect(matches(eventPattern, deploymentEvent(arn('prod/api')))).toBe(true);
    expect(matches(eventPattern, deploymentEvent(arn('prod/web2')))).toBe(false);
  });

  test('whose cluster only the deployment knows', () => {
    const stack = newStack();
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: [ruleOn(DEPLOYMENT_STATE_CHANGE, failed)], backends: [AlertBackend.cloudWatch()] });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { resources: [{ prefix: { 'Fn::Join': ['', Match.arrayWith([{ Ref: 'Cluster' }, '/'])] } }] },
    });
  });
});

test.each([
  ['a task', TASK_STATE_CHANGE, { group: ['service:web', 'service:api'] }, undefined],
  ['a service', SERVICE_ACTION, {}, ['arn:aws:ecs:eu-west-1:111111111111:service/prod/web', 'arn:aws:ecs:eu-west-1:111111111111:service/prod/api']],
])('%s is told by the ARN of its cluster, and by the services', (_what, kind, detail, resources) => {
  const clusterArn = ['arn:aws:ecs:eu-west-1:111111111111:cluster/prod'];
  expect(render(ruleOn(kind, { eventName: ['X'] }), cloudWatchOnly).eventPattern).toEqual({
    'source': ['aws.ecs'], 'detail-type': [kind.detailType], 'detail': { clusterArn, eventName: ['X'] },
  });
  expect(render(ruleOn(kind, {}), { ...cloudWatchOnly, services: ['web', 'api'] }).eventPattern).toEqual({
    'source': ['aws.ecs'], 'detail-type': [kind.detailType], 'detail': { clusterArn, ...detail }, ...resources && { resources },
  });
});

test('events of instances say nothing of services', () => {
  expect(() => render(ruleOn(CONTAINER_INSTANCE_STATE_CHANGE, {}), { ...cloudWatchOnly, services: ['web'] }))
    .toThrow("got: CloudWatch: such events say nothing of services, leave out 'services'");
});

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `service-${index}`);

test('an event pattern has 2,048 characters: more services are refused, and not named one by one', () => {
  const rule = ruleOn(SERVICE_ACTION, { eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'] });
  expect(() => render(rule, { ...cloudWatchOnly, services: numbered(40) })).toThrow(
    /its event pattern would name 40 services in about \d+ characters, and EventBridge takes 2048: leave out 'services' for the whole cluster, or give several EcsAlarms fewer/);
  const { alarm, eventPattern } = render(rule, { ...cloudWatchOnly, services: numbered(26) });
  expect(JSON.stringify(eventPattern).length).toBeLessThanOrEqual(2048);
  expect(alarm.AlarmDescription).toBe('A deployment failed in 26 services of cluster prod: look at the events of the service.');
  expect(render(rule, { ...cloudWatchOnly, services: numbered(3) }).alarm.AlarmDescription).toContain(' in services service-0, service-1, service-2 of cluster prod: ');
});

test('names that only the deployment knows are counted as CloudFormation makes them', () => {
  const watch = (count: number, serviceName?: string) => () => {
    const stack = newStack();
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
    const services = Array.from({ length: count }, (_, index) => new ecs.FargateService(stack, `Web${index}`, {
      cluster, taskDefinition, minHealthyPercent: 100, serviceName: serviceName && `${serviceName}${index}`,
    }));
    new EcsAlarms(stack, 'Alarms', { cluster, services, rules: [ruleOn(SERVICE_ACTION, {})], backends: [AlertBackend.cloudWatch()] });
  };
  expect(watch(10)).not.toThrow();
  expect(watch(20)).toThrow(/EventBridge takes 2048/);
  expect(watch(14, 'w')).not.toThrow();
});

test('the alarm is on how often the rule matched', () => {
  const { alarm, stack } = render(ruleOn(SERVICE_ACTION, {}), cloudWatchOnly);
  expect(alarm).toMatchObject({
    Namespace: 'AWS/Events',
    MetricName: 'TriggeredRules',
    Dimensions: [{ Name: 'RuleName', Value: { Ref: Object.keys(Template.fromStack(stack).findResources('AWS::Events::Rule'))[0] } }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 0,
    TreatMissingData: 'notBreaching',
    AlarmDescription: 'A deployment failed in cluster prod: look at the events of the service.',
  });
});

describe('who is told', () => {
  function told(topic: (stack: Stack) => sns.ITopic, rule = ruleOn(SERVICE_ACTION, {})): { template: Template; warnings: string[] } {
    const stack = newStack();
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: [rule], backends: [AlertBackend.cloudWatch({ topics: [topic(stack)] })], containerInsights: true });
    const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)));
    return { template: Template.fromStack(stack), warnings };
  }

  test('a topic of the app: by the rule in a sentence, and not by the alarm as well', () => {
    const { template, warnings } = told((stack) => new sns.Topic(stack, 'OnCall'));
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [{
        Arn: { Ref: Match.stringLikeRegexp('^OnCall') },
        InputTransformer: {
          InputPathsMap: { 'detail-reason': '$.detail.reason' },
          InputTemplate: '"A deployment failed. | Reason: <detail-reason> | Please look at the events of the service."',
        },
      }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.absent() });
    expect(warnings).toEqual([]);
  });

  const acknowledgedBy = ({ node }: IConstruct) => JSON.stringify(node.metadata);

  test('an alarm that tells nobody for that says so to cdk-nag; one that is off, or that nobody is to be told of, does not', () => {
    const stack = newStack();
    const rules = [ruleOn(SERVICE_ACTION, {}), ruleOn(SERVICE_ACTION, {}, { id: 'Off', actionsEnabled: false })];
    const backends = [AlertBackend.cloudWatch({ topics: [new sns.Topic(stack, 'OnCall')] })];
    const [silent, off] = new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules, backends }).alarms;
    expect(acknowledgedBy(silent)).toMatch(/HIPAA.Security-CloudWatchAlarmAction.*The EventBridge rule that it counts tells the topics.*NIST.800.53.R5-CloudWatchAlarmAction/);
    const untold = render(ruleOn(SERVICE_ACTION, {}), cloudWatchOnly).alarms.alarms[0];
    for (const alarm of [off, untold]) {
      expect(acknowledgedBy(alarm)).not.toContain('CloudWatchAlarmAction');
    }
  });

  test('whom the rule tells the alarm does not tell again; it does all else', () => {
    const stack = newStack();
    const [own, other] = ['OnCall', 'Other'].map((id) => new sns.Topic(stack, id));
    const imported = sns.Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:eu-west-1:111111111111:on-call');
    const backend = AlertBackend.cloudWatch({ topics: [own, imported], actions: [new SnsAction(other)], okActions: [new SnsAction(own)] });
    const { alarms: [alarm] } = new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: [ruleOn(SERVICE_ACTION, {})], backends: [backend] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: ['arn:aws:sns:eu-west-1:111111111111:on-call', { Ref: Match.stringLikeRegexp('^Other') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('^OnCall') }],
    });
    expect(acknowledgedBy(alarm)).not.toContain('CloudWatchAlarmAction');
  });

  test('its policy takes the place of the first one, so it lets both publish, EventBridge without a condition', () => {
    const { template } = told((stack) => new sns.Topic(stack, 'OnCall'));
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          { Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Effect: 'Allow', Condition: { ArnLike: { 'aws:SourceArn': Match.anyValue() } } },
          { Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Effect: 'Allow', Condition: Match.absent() },
        ],
      },
    });
  });

  const alarmStatement = Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } });

  test('without events alarms may publish too, whoever gives the topic a policy later', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'OnCall');
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: [AlertRule.cpuUtilization()], backends: [AlertBackend.cloudWatch({ topics: [topic] })] });
    new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SNS::TopicPolicy', 1);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [alarmStatement, Match.objectLike({ Principal: { Service: 's3.amazonaws.com' } })] },
    });
  });

  test.each(['before', 'after'])('a policy that was made for the topic %s these alarms: a warning, and no second one where it was known', (when) => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'OnCall');
    const makePolicy = () => new sns.TopicPolicy(stack, 'Policy', { topics: [topic] }).document.addStatements(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('s3.amazonaws.com')], actions: ['sns:Publish'], resources: [topic.topicArn],
    }));
    if (when === 'before') {
      makePolicy();
    }
    const rules = [AlertRule.cpuUtilization(), ruleOn(SERVICE_ACTION, {})];
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules, backends: [AlertBackend.cloudWatch({ topics: [topic] })] });
    if (when === 'after') {
      makePolicy();
    }
    Template.fromStack(stack).resourceCountIs('AWS::SNS::TopicPolicy', when === 'before' ? 1 : 2);
    const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)));
    expect(warnings).toEqual([expect.stringMatching(
      /^the topic 'Stack\/OnCall' has one policy at a time, and 'Stack\/Policy\/Resource' takes the place of any other: .*\[ack: cdk-ecs-datadog:topicPolicy:Stack\/OnCall\]$/)]);
  });

  test('a key of the app lets both use it', () => {
    const { template, warnings } = told((stack) => new sns.Topic(stack, 'OnCall', { masterKey: new kms.Key(stack, 'Key') }));
    for (const service of ['cloudwatch', 'events']) {
      template.hasResourceProperties('AWS::KMS::Key', {
        KeyPolicy: {
          Statement: Match.arrayWith([Match.objectLike({
            Principal: { Service: `${service}.amazonaws.com` }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: Match.absent(),
          })]),
        },
      });
    }
    expect(warnings).toEqual([]);
  });

  test.each([['an alarm', AlertRule.cpuUtilization()], ['an event', ruleOn(SERVICE_ACTION, {})]])(
    'nobody hears of %s by a topic with the AWS-managed key, or with an imported one: a warning, once', (_what, rule) => {
      const managed = told((stack) => new sns.Topic(stack, 'OnCall', { masterKey: kms.Alias.fromAliasName(stack, 'Key', 'alias/aws/sns') }), rule).warnings;
      expect(managed).toEqual([expect.stringMatching(/^nothing reaches the topic 'Stack\/OnCall', .*alias\/aws\/sns.*\[ack: cdk-ecs-datadog:topicKey:Stack\/OnCall\]$/)]);
      const keyArn = 'arn:aws:kms:eu-west-1:111111111111:key/1234';
      const imported = told((stack) => new sns.Topic(stack, 'OnCall', { masterKey: kms.Key.fromKeyArn(stack, 'Key', keyArn) }), rule).warnings;
      expect(imported).toEqual([expect.stringMatching(/^nothing reaches the topic 'Stack\/OnCall' unless the policy of its key lets cloudwatch.amazonaws.com use it/)]);
    });

  test('an imported topic: a warning for events, whose policy cannot be edited here; none for alarms', () => {
    const imported = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:eu-west-1:111111111111:on-call');
    expect(told(imported).warnings).toEqual([
      expect.stringMatching(/^EventBridge cannot tell the topic 'Stack\/OnCall' .*\[ack: cdk-ecs-datadog:topicPolicy:Stack\/OnCall\]$/),
    ]);
    expect(told(imported, AlertRule.cpuUtilization()).warnings).toEqual([]);
  });

  test('no topic: the events go to a log group that all rules share', () => {
    const stack = newStack();
    const rules = ['A', 'B'].map((id) => ruleOn(SERVICE_ACTION, {}, { id }));
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules, backends: [AlertBackend.cloudWatch()] });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Events::Rule', 2);
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.allResourcesProperties('AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::Join': Match.anyValue() } }] });
  });

  test.each([
    ['mute windows', { muteWindows: [{ start: '22:00', duration: Duration.hours(8) }] }],
    ['actions that are off', { actionsEnabled: false }],
  ])('with %s no rule tells a topic, since nothing mutes it', (_what, options) => {
    const { template } = told((stack) => new sns.Topic(stack, 'OnCall'), ruleOn(SERVICE_ACTION, {}, options));
    expect(JSON.stringify(template.findResources('AWS::Events::Rule'))).not.toContain('OnCall');
  });
});
