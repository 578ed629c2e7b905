// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { alarmsOf, importedService, newCluster, newStack } from './fixture';
import { AlertBackend, AlertRule, AlertSeverity, EcsAlarms } from '../../lib/alarms';
import { groupsObjection } from '../../lib/alarms/datadog/composite-groups';
import { accountIn, customResources } from '../datadog/resources/fixture';

const quiet = { actionsEnabled: false };
const rules = () => [AlertRule.cpuUtilization(quiet), AlertRule.memoryUtilization(quiet), AlertRule.runningTasks(quiet), AlertRule.logErrors(quiet)];

function watch(stack: Stack, services?: string[], others: AlertBackend[] = [AlertBackend.datadog({ account: accountIn(stack), notify: ['@slack-ops'] })]): EcsAlarms {
  return new EcsAlarms(stack, 'Alarms', {
    cluster: newCluster(stack),
    services: services?.map((name) => importedService(stack, name)),
    rules: rules(),
    backends: [AlertBackend.cloudWatch({ topics: [new sns.Topic(stack, 'OnCall')] }), ...others],
  });
}

function compositesIn(stack: Stack): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm')).map(({ Properties }) => Properties);
}

/** The expression of a composite alarm, with logical ids in place of ARNs. */
function expressionOf({ AlarmRule }: any): string {
  return AlarmRule['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : part['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''))).join('');
}

test('of a whole cluster is one alarm and one monitor, and only they tell people', () => {
  const stack = newStack();
  const alarms = watch(stack);
  const { alarms: composites, monitor } = alarms.addComposite('Overloaded', {
    title: 'The shop is overloaded', advice: 'look at the queue', allOf: ['CpuUtilization', 'MemoryUtilization'], severity: AlertSeverity.CRITICAL,
  });
  expect(composites.map(({ node }) => node.path)).toEqual(['Stack/Alarms/Overloaded']);
  expect(monitor?.node.path).toBe('Stack/Alarms/Datadog/Overloaded');

  const [composite] = compositesIn(stack);
  expect(expressionOf(composite)).toBe('(ALARM("AlarmsCpuUtilization") AND ALARM("AlarmsMemoryUtilization"))');
  expect(composite).toMatchObject({
    AlarmDescription: 'The shop is overloaded: look at the queue. Severity: critical.',
    AlarmActions: [{ Ref: expect.stringMatching(/^OnCall/) }],
    Tags: [{ Key: 'severity', Value: 'critical' }],
  });
  expect(Object.values(alarmsOf(stack)).flatMap(({ AlarmActions }) => AlarmActions ?? [])).toEqual([]);

  const monitors = customResources(stack, 'Custom::DatadogMonitor').map(({ definition }) => definition);
  expect(monitors.filter(({ message }) => message.includes('@slack-ops'))).toEqual([expect.objectContaining({
    name: 'The shop is overloaded', type: 'composite', query: '4711 && 4711', priority: 1, tags: ['severity:critical'],
  })]);
});

test('of services is one alarm for each, with what is of no service in each of them', () => {
  const stack = newStack();
  watch(stack, ['web', 'api'], []).addComposite('Broken', { title: 'Broken', anyOf: ['RunningTasks', 'LogErrors'] });
  expect(compositesIn(stack).map(expressionOf)).toEqual([
    '(ALARM("AlarmsServiceswebRunningTasks") OR ALARM("AlarmsLogErrors"))', '(ALARM("AlarmsServicesapiRunningTasks") OR ALARM("AlarmsLogErrors"))',
  ]);
  expect(compositesIn(stack)[0].AlarmDescription).toBe('Broken in service web: look at the alarms that it is made of.');
});

test('Datadog notifies again', () => {
  const stack = newStack();
  watch(stack).addComposite('Broken', {
    title: 'Broken', anyOf: ['RunningTasks', 'CpuUtilization'], renotifyInterval: Duration.hours(2), escalationMessage: '@pagerduty',
  });
  expect(customResources(stack, 'Custom::DatadogMonitor').find(({ definition }) => definition.type === 'composite')?.definition.options).toMatchObject({
    renotify_interval: 120, escalation_message: '@pagerduty',
  });
});

test('a backend that does not render one of the rules leaves the composite to the other', () => {
  const stack = newStack();
  const alarms = new EcsAlarms(stack, 'Alarms', {
    cluster: newCluster(stack),
    rules: [AlertRule.cpuUtilization(), AlertRule.runningContainersDropped()],
    backends: [AlertBackend.cloudWatch(), AlertBackend.datadog({ account: accountIn(stack) })],
  });
  const { alarms: composites, monitor } = alarms.addComposite('Both', { title: 'Both', allOf: ['CpuUtilization', 'RunningContainersDropped'] });
  expect(composites).toEqual([]);
  expect(monitor).toBeDefined();
});

describe('groups that Datadog cannot match', () => {
  test.each(['allOf', 'anyOf'] as const)('are refused for %s, before anything is made', (which) => {
    const stack = newStack();
    const alarms = watch(stack);
    expect(() => alarms.addComposite('X', { title: 'X', [which]: ['CpuUtilization', 'LogErrors'] })).toThrow(
      `'${which}' of composite 'X' must be rules that Datadog can combine, got: CpuUtilization (for each service, cluster) and LogErrors (for each task family), `
      + 'whose groups Datadog does not match, so that their composite would never alert. Combine rules with the same groups, such as CpuUtilization and MemoryUtilization');
    expect(compositesIn(stack)).toEqual([]);
  });

  test('are no matter to CloudWatch alone', () => {
    const stack = newStack();
    watch(stack, undefined, []).addComposite('X', { title: 'X', allOf: ['CpuUtilization', 'LogErrors'] });
    expect(compositesIn(stack)).toHaveLength(1);
  });

  const one = { id: 'One', groups: ['device', 'host'] };
  test.each([
    ['the same in another order', ['host', 'device'], false],
    ['among those of the other', ['host'], false],
    ['one state', [], false],
    ['only some in common', ['host', 'url'], true],
    ['none in common', ['url'], true],
  ])('%s', (_what, groups, isObjected) => {
    const other = { id: 'Other', groups };
    for (const pair of [[one, other], [other, one]]) {
      expect(groupsObjection(pair) !== undefined).toBe(isObjected);
    }
  });
});

describe('wrong input is refused', () => {
  const alarms = watch(newStack());
  test.each([
    [() => alarms.addComposite('X', { title: 'X' }), "exactly one of 'allOf' and 'anyOf' must be given, got: none"],
    [() => alarms.addComposite('X', { title: 'X', allOf: ['a', 'b'], anyOf: ['a', 'b'] }), "exactly one of 'allOf' and 'anyOf' must be given, got: both"],
    [() => alarms.addComposite('X', { title: 'X', allOf: ['LogErrors', 'LogErrors'] }), "'allOf' must hold at least two rules, got: LogErrors"],
    [() => alarms.addComposite('X', { title: 'X', allOf: ['Cpu', 'LogErrors'] }),
      /'ruleId' must be one of CpuUtilization, MemoryUtilization, RunningTasks, LogErrors, got: 'Cpu'/],
    [() => alarms.addComposite('LogErrors', { title: 'X', allOf: ['CpuUtilization', 'LogErrors'] }), "'id' must not be that of a rule, got: 'LogErrors'"],
    [() => alarms.addComposite('Services', { title: 'X', allOf: ['CpuUtilization', 'LogErrors'] }), /^'id' must be letters/],
  ])('%#', (wrong, message) => {
    expect(wrong).toThrow(message);
  });

  test('an option that no backend has', () => {
    const stack = newStack();
    const whole = new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), rules: rules(), backends: [AlertBackend.cloudWatch()] });
    expect(() => whole.addComposite('X', { title: 'X', allOf: ['CpuUtilization', 'LogErrors'], priority: 1 })).toThrow(
      "'priority' of composite 'X' must be left out, since none of 'backends' that can express it has it, got: CloudWatch. AlertBackend.datadog() has it");
  });
});
