// SPDX-License-Identifier: Apache-2.0
import { Duration, Lazy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { newCluster, newStack, render } from './fixture';
import { AlertBackend, AlertRule, AlertSeverity, EcsAlarms, EcsEventAlertRule } from '../../lib/alarms';
import { DatadogAccount } from '../../lib/datadog';
import { accountIn, customResources } from '../datadog/resources/fixture';

const WHERE = 'clustername:prod AND region:eu-west-1 AND aws_account:111111111111';

test('a rule is one monitor: who, what, from when, and nothing that the query does not say too', () => {
  expect(render(AlertRule.cpuUtilization(), { datadog: { notify: ['@slack-ops', '@pagerduty'] } }).monitor).toEqual({
    name: 'CPU of the busiest task above 90 % for 5 minutes in service {{servicename.name}} of cluster {{clustername.name}}',
    type: 'query alert',
    query: `min(last_5m):max:aws.ecs.service.cpuutilization.maximum{${WHERE}} by {servicename,clustername} > 90`,
    message: 'CPU of the busiest task above 90 % for 5 minutes in service {{servicename.name}} of cluster {{clustername.name}}: '
      + 'look at its load, the CPU of its task definition and its scaling limits.\n\n@slack-ops @pagerduty',
    tags: [],
    options: {
      thresholds: { critical: 90 },
      evaluation_delay: 900,
      notify_no_data: false,
      require_full_window: false,
      include_tags: true,
      new_group_delay: 300,
    },
  });
});

test('services are a filter of the one monitor, in lower case as Datadog keeps them', () => {
  expect(render(AlertRule.runningTasks(), { services: ['Web', 'api'] }).monitor.query).toBe(
    `max(last_25m):min:aws.ecs.service.running{${WHERE} AND servicename IN (api,web)} by {servicename,clustername} < 1`);
});

test('has as many monitors for 100 services as for one', () => {
  const [one, hundred] = [1, 100].map((count) => {
    const { stack } = render(AlertRule.runningTasks(), { services: Array.from({ length: count }, (_, index) => `s${index}`) });
    return customResources(stack, 'Custom::DatadogMonitor').length;
  });
  expect([one, hundred]).toEqual([1, 1]);
});

test('a cluster whose name only the deployment knows', () => {
  const stack = newStack();
  const alarms = new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), backends: [AlertBackend.datadog({ account: accountIn(stack) })] });
  expect(alarms.alarms).toEqual([]);
  expect(alarms.monitors).toHaveLength(4);
  const { properties } = customResources(stack, 'Custom::DatadogMonitor')[0];
  expect(properties.Definition['Fn::Join'][1]).toContainEqual({ Ref: 'Cluster' });
});

test('a cluster by the name that Datadog has for it', () => {
  const { monitor } = render(AlertRule.logErrors(), { datadog: { clusterName: 'Shop-Cluster-AbC' } });
  expect(monitor.query).toContain('ecs_cluster_name:\\"shop-cluster-abc\\"');
  expect(monitor.name).toMatch(/ of cluster Shop-Cluster-AbC$/);
});

test('a threshold that only the deployment knows is the same in query and options', () => {
  const above = Lazy.number({ produce: () => 77 });
  const { monitor } = render(AlertRule.cpuUtilization({ above }));
  expect(monitor.query).toMatch(/ > 77$/);
  expect(monitor.options.thresholds.critical).toBe(77);
});

describe('the delay is that of the data', () => {
  test.each([
    ['polled from CloudWatch', AlertRule.cpuUtilization(), {}, 900],
    ['streamed from CloudWatch', AlertRule.cpuUtilization(), { metricStreams: true }, 300],
    ['counted by the AWS integration, which no stream has', AlertRule.runningTasks(), { metricStreams: true }, 900],
    ['logs, which are there at once', AlertRule.logErrors(), {}, undefined],
  ])('%s', (_what, rule, datadog, delay) => {
    expect(render(rule, { datadog }).monitor.options.evaluation_delay).toBe(delay);
  });
});

test.each([[1, '25m'], [15, '25m'], [16, '26m'], [60, '70m'], [110, '2h']])('what is asked for every ten minutes: a rule of %i minutes looks back %s', (minutes, window) => {
  const rule = AlertRule.runningTasks({ longerThan: Duration.minutes(minutes) });
  expect(render(rule).monitor.query).toMatch(new RegExp(`^max\\(last_${window}\\):`));
});

test('a window that would be too long with these ten minutes is refused', () => {
  const rule = (minutes: number) => AlertRule.runningTasks({ longerThan: Duration.minutes(minutes) });
  expect(render(rule(10_070), { cloudWatch: false }).monitor.query).toContain('last_168h');
  expect(() => render(rule(10_071), { cloudWatch: false })).toThrow(/Datadog: 'longerThan' must be at most 10070 minutes/);
});

describe('silence', () => {
  test('of a search is zero, of a metric nothing to tell', () => {
    expect(render(AlertRule.logErrors()).monitor.options).toMatchObject({ on_missing_data: 'default' });
    expect(render(AlertRule.cpuUtilization()).monitor.options).toMatchObject({ notify_no_data: false });
  });

  test('that leaves a rule without an answer is told on request, after twice the window and the delay', () => {
    const notifyNoData = { datadog: { notifyNoData: true } };
    expect(render(AlertRule.runningTasks(), notifyNoData).monitor.options).toMatchObject({ notify_no_data: true, no_data_timeframe: 65 });
    expect(render(AlertRule.cpuUtilization(), notifyNoData).monitor.options).toMatchObject({ notify_no_data: false });
  });
});

test('what a rule says of itself comes before what the backend says of all', () => {
  const rule = AlertRule.cpuUtilization({
    severity: AlertSeverity.HIGH,
    runbookUrl: 'https://wiki.example/cpu',
    tags: { team: 'shop' },
    warningThreshold: 80,
    recoveryThreshold: 75,
    renotifyInterval: Duration.hours(1),
    escalationMessage: '@pagerduty-second-line',
  });
  const { monitor } = render(rule, {
    datadog: { tags: { team: 'platform', layer: 'ecs' }, priority: 5, renotifyInterval: Duration.minutes(10), renotifyOccurrences: 3 },
  });
  expect(monitor).toMatchObject({
    priority: 2,
    tags: ['layer:ecs', 'severity:high', 'team:shop'],
    options: {
      thresholds: { critical: 90, critical_recovery: 75, warning: 80 },
      renotify_interval: 60,
      renotify_occurrences: 3,
      escalation_message: '@pagerduty-second-line',
    },
  });
  expect(monitor.message).toContain('\n\nRunbook: https://wiki.example/cpu');
  expect(render(AlertRule.cpuUtilization({ priority: 1, severity: AlertSeverity.LOW })).monitor.priority).toBe(1);
  expect(render(AlertRule.cpuUtilization(), { datadog: { priority: 4 } }).monitor.priority).toBe(4);
});

test('a rule that tells nobody', () => {
  const { monitor, alarm } = render(AlertRule.cpuUtilization({ actionsEnabled: false }), {
    datadog: { notify: ['@slack-ops'] }, cloudWatch: { actions: [{ bind: () => ({ alarmActionArn: 'x' }) }] },
  });
  expect(monitor.message).not.toContain('@');
  expect(alarm.AlarmActions).toBeUndefined();
});

test('options of the API pass, and win', () => {
  const { options } = render(AlertRule.cpuUtilization(), { datadog: { monitorOptions: { notify_audit: true, evaluation_delay: 1200 } } }).monitor;
  expect(options).toMatchObject({ notify_audit: true, evaluation_delay: 1200 });
  const own = render(AlertRule.cpuUtilization(), { datadog: { monitorOptions: { on_missing_data: 'resolve' } } }).monitor.options;
  expect(own.on_missing_data).toBe('resolve');
  expect(own).not.toHaveProperty('notify_no_data');
  const ofCheck = render(AlertRule.agentSilent({ hostTag: 'team:shop' }), { datadog: { monitorOptions: { on_missing_data: 'show_no_data' } } }).monitor.options;
  expect(ofCheck.on_missing_data).toBe('show_no_data');
  expect(Object.keys(ofCheck)).not.toEqual(expect.arrayContaining([expect.stringMatching(/no_data_timeframe|notify_no_data/)]));
});

test('a monitor is found by its rule, an alarm by its own', () => {
  const { alarms } = render(AlertRule.cpuUtilization());
  expect(alarms.monitor('CpuUtilization')).toBe(alarms.monitors[0]);
  expect(alarms.monitor('CpuUtilization').node.path).toBe('Stack/Alarms/Datadog/CpuUtilization');
  expect(alarms.alarm('CpuUtilization').node.path).toBe('Stack/Alarms/CpuUtilization');
  expect(() => alarms.monitor('Cpu')).toThrow("'ruleId' must be one of CpuUtilization, got: 'Cpu'");
  expect(() => render(AlertRule.cpuUtilization(), { datadog: false }).alarms.monitor('CpuUtilization'))
    .toThrow("'ruleId' must be a rule with a Datadog monitor, got: 'CpuUtilization', which no backend of Datadog renders");
  expect(() => render(AlertRule.cpuUtilization(), { cloudWatch: false }).alarms.alarm('CpuUtilization'))
    .toThrow("'service' of rule 'CpuUtilization' must be one of a rule with a CloudWatch alarm, got: no service");
});

describe('wrong options are refused where they are given', () => {
  const stack = newStack();
  const account = accountIn(stack);
  test.each([
    [() => AlertBackend.datadog({ account: new DatadogAccount({ apiKey: account.apiKey }) }), /'applicationKey' must be given to the DatadogAccount/],
    [() => AlertBackend.datadog({ account, notify: ['slack-ops'] }), "'notify' must hold handles such as '@slack-ops', without blanks, got: 'slack-ops'"],
    [() => AlertBackend.datadog({ account, priority: 6 }), "'priority' must be a whole number from 1 to 5, got: 6"],
    [() => AlertBackend.datadog({ account, renotifyOccurrences: 2 }), /^'renotifyOccurrences' must come with a 'renotifyInterval'/],
    [() => AlertBackend.datadog({ account, escalationMessage: '@x' }), /^'escalationMessage' must come with a 'renotifyInterval'/],
    [() => AlertBackend.datadog({ account, renotifyInterval: Duration.hours(1), renotifyStatuses: ['alarm'] }),
      "'renotifyStatuses' must be of alert, warn, no data, got: 'alarm'"],
    [() => AlertBackend.datadog({ account, renotifyInterval: Duration.seconds(90) }), /'renotifyInterval' must be a whole number of minutes/],
    [() => AlertBackend.datadog({ account, monitorOptions: { thresholds: {} } }), /'monitorOptions' must leave the thresholds to the rules/],
    [() => AlertBackend.datadog({ account, tags: { 'a b': 'c' } }), /a key of tags/],
    [() => AlertRule.cpuUtilization({ warningThreshold: 95 }), "'warningThreshold' must be below the threshold, which is 90, got: 95"],
    [() => AlertRule.runningTasks({ recoveryThreshold: 1 }), "'recoveryThreshold' must be above the threshold, which is 1, got: 1"],
    [() => EcsEventAlertRule.outOfMemory({ warningThreshold: 1 }), /^'warningThreshold' must be left out, since anything at all is too much for this rule .*, got: 1$/],
    [() => AlertRule.unhealthyContainers({ recoveryThreshold: 0 }), /^'recoveryThreshold' must be left out, since anything at all/],
    [() => AlertRule.cpuUtilization({ priority: 0 }), "'priority' must be a whole number from 1 to 5, got: 0"],
    [() => AlertRule.cpuUtilization({ runbookUrl: 'wiki' }), "'runbookUrl' must be a URL"],
    [() => AlertRule.cpuUtilization({ tags: { team: 'a,b' } }), /'tags.team' must hold only/],
  ])('%#', (wrong, message) => {
    expect(wrong).toThrow(message);
  });
});

test('an option that no backend of the rule has is refused, one that some backend has is not', () => {
  const rule = AlertRule.cpuUtilization({ warningThreshold: 80 });
  expect(() => render(rule, { datadog: false })).toThrow(
    "'warningThreshold' of rule 'CpuUtilization' must be left out, since none of 'backends' that can express it has it, got: CloudWatch. AlertBackend.datadog() has it");
  expect(render(rule).alarm.Threshold).toBe(90);
  expect(() => render(AlertRule.cpuUtilization({ escalationMessage: '@x' }))).toThrow(/It takes AlertBackend.datadog\(\) and a 'renotifyInterval'$/);
});

test('a rule that this backend cannot express names the one that can', () => {
  const stack = newStack();
  const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/prod');
  expect(() => new EcsAlarms(stack, 'Alarms', { cluster, rules: [AlertRule.runningContainersDropped()], backends: [AlertBackend.cloudWatch()] }))
    .toThrow(/got: CloudWatch: it needs 'services' .*\. Datadog can$/);
});
