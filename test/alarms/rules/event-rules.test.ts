// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as events from './recorded-events';
import { AlertBackend, AlertRule, EcsAlarms, EcsEventAlertOptions, EcsEventAlertRule } from '../../../lib/alarms';
import { matches } from '../event-matcher';
import { newCluster, newStack, render } from '../fixture';

const WHERE = 'clustername:prod region:\\"eu-west-1\\" aws_account:111111111111';

/** A rule, its id, the recorded events that it is about, and others that look like them. */
const RULES: [string, (options?: EcsEventAlertOptions) => AlertRule, any[], any[]][] = [
  ['TaskStartImpaired', EcsEventAlertRule.taskStartImpaired, [events.taskStartImpaired()], [events.steadyState(), events.placementFailure()]],
  ['DeploymentFailed', EcsEventAlertRule.deploymentFailed, [events.deploymentFailed(), events.rollback()], [events.deploymentInProgress(), events.deploymentCompleted()]],
  ['TaskPlacementFailed', EcsEventAlertRule.taskPlacementFailed, [events.placementFailure()], [events.taskStartImpaired()]],
  ['TaskStoppedWithError', EcsEventAlertRule.taskStoppedWithError,
    [events.exited(1), events.exited(137), events.cannotPull(), events.cannotPullOnInstance(), events.failedHealthCheck(), events.outOfMemory()],
    [events.exited(0), events.doneWithSidecar(), events.scaledIn(), events.stoppedByUser(), events.running()]],
  ['ImagePullFailed', EcsEventAlertRule.imagePullFailed,
    [events.cannotPull(), events.cannotPullOnInstance(), events.noRegistryAuth()], [events.exited(1), events.outOfMemory(), events.running()]],
  ['OutOfMemory', EcsEventAlertRule.outOfMemory, [events.outOfMemory(), events.exited(137)], [events.exited(1), events.scaledIn(137), events.failedHealthCheck(), events.running()]],
];

/** The pattern of a rule as it is in the partition `aws`, which only the deployment knows. */
function patternOf(rule: AlertRule, services?: string[]): any {
  const joined = (_key: string, value: any) => value?.['Fn::Join']?.[1].map((part: any) => (part.Ref === 'AWS::Partition' ? 'aws' : part)).join('') ?? value;
  return JSON.parse(JSON.stringify(render(rule, { services }).eventPattern), joined);
}

describe.each(RULES)('%s', (id, rule, matching, others) => {
  test('matches what it is about, of the whole cluster', () => {
    const eventPattern = patternOf(rule());
    expect(matching.filter((event) => !matches(eventPattern, event))).toEqual([]);
    expect(others.filter((event) => matches(eventPattern, event))).toEqual([]);
  });

  test('of no other cluster, also where its name begins with this one', () => {
    const eventPattern = patternOf(rule());
    expect(matching.map(events.inOtherCluster).filter((event) => matches(eventPattern, event))).toEqual([]);
  });

  test('with services, of these only', () => {
    const [web, other] = [['api', 'web'], ['api']].map((services) => patternOf(rule(), services));
    expect(matching.filter((event) => !matches(web, event))).toEqual([]);
    expect(matching.filter((event) => matches(other, event))).toEqual([]);
  });

  test('is one alarm on how often the rule was triggered, that is fine while nothing happens', () => {
    const { alarm, alarms } = render(rule({ within: Duration.minutes(15) }));
    expect(alarm).toMatchObject({
      Namespace: 'AWS/Events',
      MetricName: 'TriggeredRules',
      Statistic: 'Sum',
      Period: 900,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
    expect(alarms.alarm(id)).toBe(alarms.alarms[0]);
  });

  test('has a window of whole minutes', () => {
    expect(() => rule({ within: Duration.seconds(30) })).toThrow("'within' must be a whole number of minutes, at least one, got: 30 seconds");
  });

  test('tells a topic who, what and what to do', () => {
    const stack = newStack();
    new EcsAlarms(stack, 'Alarms', {
      cluster: newCluster(stack), rules: [rule()], backends: [AlertBackend.cloudWatch({ topics: [new sns.Topic(stack, 'Topic')] })],
    });
    const [{ Properties: { Targets: [{ InputTransformer: { InputPathsMap, InputTemplate } }] } }] = Object.values(
      Template.fromStack(stack).findResources('AWS::Events::Rule'),
    );
    expect(Object.values(InputPathsMap)).toEqual(expect.arrayContaining([expect.stringMatching(/stoppedReason|detail\.reason/)]));
    expect(InputTemplate).toMatch(/^".+ \| Please look at .+\."$/);
    for (const name of Object.keys(InputPathsMap)) {
      expect(InputTemplate).toContain(`<${name}>`);
    }
  });
});

describe('the monitor', () => {
  test.each([
    ['TaskStartImpaired', EcsEventAlertRule.taskStartImpaired(), '\\"unable to consistently start tasks successfully\\"'],
    ['DeploymentFailed', EcsEventAlertRule.deploymentFailed(), '\\"deployment failed\\"'],
    ['TaskPlacementFailed', EcsEventAlertRule.taskPlacementFailed(), '\\"unable to place a task\\"'],
    ['TaskStoppedWithError', EcsEventAlertRule.taskStoppedWithError(), '(\\"failed container health checks\\" OR \\"Health checks failed\\")'],
  ])('of %s counts the events of services that say so', (_id, rule, words) => {
    const { monitor } = render(rule);
    expect(monitor).toMatchObject({
      type: 'event-v2 alert',
      query: `events("source:amazon_ecs ${words} ${WHERE}").rollup("count").by("servicename,clustername").last("5m") > 0`,
      options: { thresholds: { critical: 0 }, on_missing_data: 'default' },
    });
    expect(render(rule, { services: ['web'] }).monitor.query).toContain('servicename:(web)');
  });

  test('of OutOfMemory is on what Agents on instances count', () => {
    expect(render(EcsEventAlertRule.outOfMemory()).monitor).toMatchObject({
      type: 'query alert',
      query: 'max(last_5m):diff(sum:container.memory.oom_events{ecs_cluster_name:prod} by {ecs_service,ecs_container_name,ecs_cluster_name}) > 0',
    });
  });

  test('of ImagePullFailed does not exist, and the message says who can', () => {
    expect(() => render(EcsEventAlertRule.imagePullFailed(), { cloudWatch: false })).toThrow(
      "rule 'ImagePullFailed' must be one that at least one of 'backends' can express, got: Datadog: it has no such data. CloudWatch can");
    expect(render(EcsEventAlertRule.imagePullFailed()).alarms.monitors).toEqual([]);
  });
});
