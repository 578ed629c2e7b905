// SPDX-License-Identifier: Apache-2.0
import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as sns from 'aws-cdk-lib/aws-sns';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { alarmsOf, importedService, newCluster, newStack } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';

const RECOMMENDED = ['CpuUtilization', 'MemoryUtilization', 'RunningTasks', 'PendingTasks'];
const backends = [AlertBackend.cloudWatch()];

describe.each([['no feature flag', {}], ['all recommended feature flags', recommendedFlags]])('a whole cluster, %s', (_name, flags) => {
  // The flags turn on a report of all annotations, printed at each synthesis.
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

  test('a service imported by its ARN is named as its metrics name it', () => {
    const stack = newStack(flags);
    const cluster = newCluster(stack);
    const service = ecs.FargateService.fromFargateServiceArn(stack, 'Web', 'arn:aws:ecs:eu-west-1:111111111111:service/prod/Web');
    new EcsAlarms(stack, 'Alarms', { cluster, backends, services: [service], rules: [AlertRule.cpuUtilization()] });
    expect(alarmsOf(stack)['Alarms/Services/Web/CpuUtilization'].Dimensions[1]).toEqual({ Name: 'ServiceName', Value: 'Web' });
  });

  function watchedCluster(services: number): Stack {
    const stack = newStack(flags);
    const cluster = new ecs.Cluster(stack, 'Cluster', {
      vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }), containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
    for (let i = 0; i < services; i++) {
      new ecs.FargateService(stack, `Service${i}`, { cluster, taskDefinition });
    }
    new EcsAlarms(stack, 'Alarms', { cluster, backends });
    return stack;
  }

  test('has as many alarms for 10 and for 100 services as for one', () => {
    const [one, ...more] = [1, 10, 100].map((services) => Template.fromStack(watchedCluster(services)).findResources('AWS::CloudWatch::Alarm'));
    expect(Object.keys(one)).toHaveLength(4);
    expect(more).toEqual([one, one]);
  });

  test('has one query an alarm and nothing else in it, since an alarm takes one Metrics Insights query', () => {
    for (const alarm of Object.values(alarmsOf(watchedCluster(1)))) {
      expect(alarm.Metrics).toEqual([{ Id: expect.any(String), Expression: expect.anything(), Period: 60, ReturnData: true }]);
      expect(alarm).not.toHaveProperty('MetricName');
      expect(alarm).not.toHaveProperty('AlarmName');
    }
  });

  test('names the cluster in the query although its name is a token', () => {
    const alarm = alarmsOf(watchedCluster(1))['Alarms/CpuUtilization'];
    expect(alarm.Metrics[0].Expression).toEqual({
      'Fn::Join': ['', [
        'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/ECS", ClusterName, ServiceName) WHERE ClusterName = \'',
        { Ref: expect.stringMatching(/^Cluster/) },
        "' GROUP BY ServiceName ORDER BY MAX() DESC",
      ]],
    });
  });
});

test('a literal cluster name is quoted in the query', () => {
  const stack = newStack();
  const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod');
  new EcsAlarms(stack, 'Alarms', { cluster, backends, containerInsights: true });
  expect(alarmsOf(stack)['Alarms/RunningTasks'].Metrics[0].Expression).toBe(
    'SELECT MIN(RunningTaskCount) FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName) WHERE ClusterName = \'prod\' '
    + 'GROUP BY ServiceName ORDER BY MIN() ASC');
});

test('without rules there are the recommended ones, under ids that never change', () => {
  const stack = newStack();
  new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), backends });
  expect(Object.keys(alarmsOf(stack))).toEqual(RECOMMENDED.map((id) => `Alarms/${id}`));
});

test('two EcsAlarms in one scope, for two clusters', () => {
  const stack = newStack();
  new EcsAlarms(stack, 'Blue', { cluster: newCluster(stack, 'BlueCluster'), backends });
  new EcsAlarms(stack, 'Green', { cluster: newCluster(stack, 'GreenCluster'), backends });
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 8);
});

describe('services', () => {
  test('each has an alarm of its own for each rule, on its own metric', () => {
    const stack = newStack();
    const services = [importedService(stack, 'Web'), importedService(stack, 'Api')];
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, backends });
    const alarms = alarmsOf(stack);
    expect(Object.keys(alarms)).toHaveLength(8);
    expect(alarms['Alarms/Services/Web/CpuUtilization']).toMatchObject({
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'ClusterName', Value: { Ref: 'Cluster' } }, { Name: 'ServiceName', Value: 'Web' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 5,
    });
  });

  test('the order does not matter, and listing one twice is listing it once', () => {
    const [first, second] = [['Web', 'Api'], ['Api', 'Web', 'Api']].map((order) => {
      const stack = newStack();
      const cluster = newCluster(stack);
      const services = new Map(['Web', 'Api'].map((id) => [id, importedService(stack, id)]));
      new EcsAlarms(stack, 'Alarms', { cluster, services: order.map((id) => services.get(id)!), backends });
      return Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
    });
    expect(second).toEqual(first);
  });

  test('two of the same id in different scopes, stacks and nested stacks do not collide', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as Construct, 'Other');
    const scopes = [new Construct(stack, 'A'), new Construct(stack, 'B'), new Construct(other, 'A'), new NestedStack(stack, 'Nested')];
    const services = scopes.map((scope) => importedService(scope, 'Service'));
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, backends, rules: [AlertRule.cpuUtilization()] });
    expect(Object.keys(alarmsOf(stack))).toEqual([
      'Alarms/Services/A--Service/CpuUtilization', 'Alarms/Services/B--Service/CpuUtilization',
      'Alarms/Services/Other:A--Service/CpuUtilization', 'Alarms/Services/Stack--Nested:Service/CpuUtilization',
    ]);
  });

  test('neither the name of the stack nor that of the stage is in a logical id', () => {
    const ids = ['Blue', 'Green'].map((name) => {
      const stack = new Stack(newStack().node.root as Construct, name);
      new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services: [importedService(stack, 'Web')], backends });
      return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    });
    expect(ids[0]).toEqual(ids[1]);
  });
});

test('cluster, services and alarms may live in three stacks, without a cycle', () => {
  const app = new App();
  const [clusterStack, serviceStack, alarmStack] = ['ClusterStack', 'ServiceStack', 'AlarmStack'].map((id) => new Stack(app, id));
  const cluster = new ecs.Cluster(clusterStack, 'Cluster', {
    vpc: new ec2.Vpc(clusterStack, 'Vpc', { maxAzs: 1, natGateways: 0 }), containerInsightsV2: ecs.ContainerInsights.ENHANCED,
  });
  const taskDefinition = new ecs.FargateTaskDefinition(serviceStack, 'Task');
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
  const services = [new ecs.FargateService(serviceStack, 'Web', { cluster, taskDefinition })];
  new EcsAlarms(alarmStack, 'Alarms', { cluster, services, backends, rules: [...AlertRule.recommended(), AlertRule.runningContainersDropped()] });
  Template.fromStack(alarmStack).resourceCountIs('AWS::CloudWatch::Alarm', 5);
  Template.fromStack(serviceStack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('every alarm is reachable, by rule and by service', () => {
  const stack = newStack();
  const [web, api] = [importedService(stack, 'Web'), importedService(stack, 'Api')];
  const cluster = newCluster(stack);
  const whole = new EcsAlarms(stack, 'Whole', { cluster, backends });
  expect(whole.alarms.map((alarm) => alarm.node.id)).toEqual(RECOMMENDED);
  expect(whole.alarm('RunningTasks')).toBe(whole.alarms[2]);

  const each = new EcsAlarms(stack, 'Each', { cluster, services: [web, api], backends });
  expect(each.alarms).toHaveLength(8);
  expect(each.alarm('CpuUtilization', api).node.path).toBe('Stack/Each/Services/Api/CpuUtilization');

  expect(() => whole.alarm('Cpu')).toThrow("'ruleId' must be one of CpuUtilization, MemoryUtilization, RunningTasks, PendingTasks, got: 'Cpu'");
  expect(() => whole.alarm('CpuUtilization', web)).toThrow("'service' of rule 'CpuUtilization' must be one of no service, got: Stack/Web");
  expect(() => each.alarm('CpuUtilization')).toThrow("'service' of rule 'CpuUtilization' must be one of Stack/Web, Stack/Api, got: no service");
});

describe('the same rule twice', () => {
  test('is an error, since both would have one id', () => {
    const stack = newStack();
    const rules = [...AlertRule.recommended(), AlertRule.cpuUtilization({ above: 70 })];
    expect(() => new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules, backends }))
      .toThrow("'rules' must hold each rule once (give the second one an 'id'), got: 'CpuUtilization' twice");
    expect(stack.node.tryFindChild('Alarms')).toBeUndefined();
  });

  test('is fine with an id', () => {
    const stack = newStack();
    const rules = [...AlertRule.recommended(), AlertRule.cpuUtilization({ id: 'CpuWarning', above: 70, longerThan: Duration.minutes(30) })];
    const alarms = new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules, backends });
    expect(alarms.alarm('CpuWarning')).not.toBe(alarms.alarm('CpuUtilization'));
    expect(alarmsOf(stack)['Alarms/CpuWarning']).toMatchObject({ Threshold: 70, EvaluationPeriods: 30 });
  });
});

describe('wrong input is refused before anything is added', () => {
  function refused(props: (stack: Stack) => Omit<ConstructorParameters<typeof EcsAlarms>[2], 'cluster'>, message: string | RegExp): void {
    const stack = newStack({}, { env: { account: '111111111111', region: 'eu-west-1' } });
    const cluster = newCluster(stack);
    const before = stack.node.findAll().length;
    const given = props(stack);
    const added = stack.node.findAll().length - before;
    expect(() => new EcsAlarms(stack, 'Alarms', { cluster, ...given })).toThrow(message);
    expect(stack.node.findAll().length).toBe(before + added);
  }

  test.each(['services', 'backends'])('an empty list of %s', (list) => {
    refused(() => ({ [list]: [] }), `'${list}' must hold at least one element or be left out, got: an empty list`);
  });

  test('two CloudWatch backends, whose alarms would have the same ids', () => {
    refused(() => ({ backends: [AlertBackend.cloudWatch(), AlertBackend.cloudWatch()] }),
      "'backends' must hold one backend of a kind (give it all topics and actions), got: CloudWatch twice");
  });

  test('a service of another region, whose metrics would never arrive', () => {
    refused((stack) => ({
      services: [ecs.FargateService.fromFargateServiceArn(stack, 'Web', 'arn:aws:ecs:us-east-1:111111111111:service/prod/web')],
    }), "'services' must be in the account and region of these alarms (111111111111/eu-west-1), got: 111111111111/us-east-1");
  });

  test('a service of another cluster of the app', () => {
    refused((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
      const [mine, other] = ['Mine', 'Other'].map((id) => new ecs.Cluster(stack, id, { vpc }));
      return { cluster: mine, services: [new ecs.FargateService(stack, 'Web', { cluster: other, taskDefinition })] };
    }, "'services' must be of the given 'cluster', got: Stack/Web of cluster Stack/Other");
  });

  test('a cluster of another account', () => {
    refused((stack) => ({ cluster: ecs.Cluster.fromClusterArn(stack, 'Far', 'arn:aws:ecs:eu-west-1:222222222222:cluster/prod') }) as any,
      "'cluster' must be in the account and region of these alarms (111111111111/eu-west-1), got: 222222222222/eu-west-1");
  });

  test('a rule that no backend can express names the rule, the backend and what is missing', () => {
    refused(() => ({ rules: [AlertRule.runningContainersDropped()] }),
      "rule 'RunningContainersDropped' must be one that at least one of 'backends' can express, got: CloudWatch: it needs 'services' "
      + '(one alarm and one EventBridge rule a service), since CloudWatch cannot compare a number with that of an hour ago; '
      + "for a whole cluster that takes Datadog's change monitor");
  });

  test('a longer window than Metrics Insights looks back, for a whole cluster only', () => {
    const rules = [AlertRule.cpuUtilization({ longerThan: Duration.hours(4) })];
    refused(() => ({ rules }), /'longerThan' must be at most 3 hours .*, got: 4 hours; give 'services' for one alarm a service/);
    const stack = newStack();
    new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services: [importedService(stack, 'Web')], rules, backends });
    expect(alarmsOf(stack)['Alarms/Services/Web/CpuUtilization']).toMatchObject({ Period: 60, EvaluationPeriods: 240 });
  });

  test('a longer window than an alarm can have', () => {
    refused((stack) => ({ rules: [AlertRule.cpuUtilization({ longerThan: Duration.days(2) })], services: [importedService(stack, 'Web')] }),
      "'longerThan' must be at most 1 day, got: 2 days");
  });
});

describe('who is told', () => {
  test('five topics and actions have a place, as in CloudWatch and EventBridge; six are refused at once', () => {
    const stack = newStack();
    const topics = Array.from({ length: 6 }, (_, index) => new sns.Topic(stack, `Topic${index}`));
    const actions = topics.map((topic) => new SnsAction(topic));
    expect(() => AlertBackend.cloudWatch({ topics: topics.slice(1), okActions: actions.slice(1) })).not.toThrow();
    expect(() => AlertBackend.cloudWatch({ topics })).toThrow("'topics' and 'actions' together must be at most 5, which is what an alarm has for a state, got: 6");
    expect(() => AlertBackend.cloudWatch({ topics: topics.slice(3), actions: actions.slice(3) })).toThrow(/^'topics' and 'actions' together must be at most 5/);
    expect(() => AlertBackend.cloudWatch({ okActions: actions })).toThrow(/^'okActions' must be at most 5/);
    expect(() => AlertBackend.cloudWatch({ insufficientDataActions: actions })).toThrow(/^'insufficientDataActions' must be at most 5/);
  });

  test('topics and actions when it fires, other actions when it is fine again', () => {
    const stack = newStack();
    const [onCall, chat, closed] = ['OnCall', 'Chat', 'Closed'].map((id) => new sns.Topic(stack, id));
    const toTopic = (topic: sns.ITopic) => ({ bind: () => ({ alarmActionArn: topic.topicArn }) });
    new EcsAlarms(stack, 'Alarms', {
      cluster: newCluster(stack),
      backends: [AlertBackend.cloudWatch({ topics: [onCall], actions: [toTopic(chat)], okActions: [toTopic(closed)] })],
    });
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^OnCall') }, { Ref: Match.stringLikeRegexp('^Chat') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('^Closed') }],
    });
  });
});
