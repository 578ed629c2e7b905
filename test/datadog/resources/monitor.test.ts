// SPDX-License-Identifier: Apache-2.0
import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { accountIn, customResources, definitionIn, newStack } from './fixture';
import {
  DatadogBackend, DatadogMissingData, DatadogMonitor, DatadogMonitorProps, DatadogMonitorType, IDatadogMonitor, MonitorExpression,
} from '../../../lib/datadog';

const QUERY = 'avg(last_5m):avg:system.cpu.user{*} > 90';

function monitorIn(stack: Stack, props: Partial<DatadogMonitorProps> = {}, id = 'Cpu'): DatadogMonitor {
  const datadog = accountIn(stack, {}, `${id}Keys`);
  return new DatadogMonitor(stack, id, { datadog, name: 'CPU', type: DatadogMonitorType.METRIC, query: QUERY, ...props });
}

function definitionOf(props: Partial<DatadogMonitorProps> = {}): any {
  const stack = newStack();
  monitorIn(stack, props);
  return definitionIn(stack, 'Custom::DatadogMonitor');
}

function refusing(props: Partial<DatadogMonitorProps>): () => void {
  return () => {
    const stack = newStack();
    try {
      monitorIn(stack, props);
    } finally {
      expect(stack.node.tryFindChild('Cpu')).toBeUndefined();
    }
  };
}

describe('a monitor', () => {
  test('is a custom resource that carries the API\'s own JSON', () => {
    const stack = newStack();
    monitorIn(stack);
    const [{ properties, definition }] = customResources(stack, 'Custom::DatadogMonitor');
    expect(definition).toEqual({ name: 'CPU', type: 'query alert', query: QUERY });
    expect(properties).toMatchObject({ Kind: 'monitor', OnDelete: 'delete' });
  });

  test('takes every property', () => {
    expect(definitionOf({
      message: 'CPU is high @slack-ops',
      tags: ['team:shop'],
      priority: 2,
      restrictedRoles: ['e1b2c3d4-0000-0000-0000-000000000000'],
      thresholds: { critical: 90, criticalRecovery: 80, warning: 85, warningRecovery: 75 },
      evaluationDelay: Duration.minutes(15),
      newGroupDelay: Duration.minutes(5),
      onMissingData: DatadogMissingData.SHOW_AND_NOTIFY_NO_DATA,
      renotifyInterval: Duration.hours(1),
      escalationMessage: 'still high',
      options: { renotify_statuses: ['alert'], notify_audit: true },
      additionalFields: { draft_status: 'draft' },
    })).toEqual({
      name: 'CPU',
      type: 'query alert',
      query: QUERY,
      message: 'CPU is high @slack-ops',
      tags: ['team:shop'],
      priority: 2,
      restricted_roles: ['e1b2c3d4-0000-0000-0000-000000000000'],
      draft_status: 'draft',
      options: {
        thresholds: { critical: 90, critical_recovery: 80, warning: 85, warning_recovery: 75 },
        evaluation_delay: 900,
        new_group_delay: 300,
        on_missing_data: 'show_and_notify_no_data',
        renotify_interval: 60,
        escalation_message: 'still high',
        renotify_statuses: ['alert'],
        notify_audit: true,
      },
    });
  });

  test('has an id, a number in the JSON of others, and a page', () => {
    const stack = newStack();
    const cpu = monitorIn(stack);
    expect(stack.resolve(cpu.monitorId)).toEqual({ 'Fn::GetAtt': ['CpuCustomResource87A21937', 'Id'] });
    expect(stack.resolve(cpu.monitorUrl)).toEqual({ 'Fn::GetAtt': ['CpuCustomResource87A21937', 'Url'] });
  });

  test('renders alike whatever the order of what was given', () => {
    const textWith = (options: DatadogMonitorProps['options']) => {
      const stack = newStack();
      monitorIn(stack, { options });
      return customResources(stack, 'Custom::DatadogMonitor')[0].properties.Definition;
    };
    expect(textWith({ timeout_h: 1, notify_audit: true })).toBe(textWith({ notify_audit: true, timeout_h: 1 }));
  });

  test('neither changes what it is given, nor is changed by it later', () => {
    const stack = newStack();
    const thresholds = Object.freeze({ warning: 80 });
    const options: any = Object.freeze({ thresholds, variables: [] });
    const tags = ['team:shop'];
    monitorIn(stack, { options, tags });
    tags.push('late');
    expect(definitionIn(stack, 'Custom::DatadogMonitor')).toMatchObject({ tags: ['team:shop'], options: { thresholds: { warning: 80, critical: 90 } } });
  });

  test('takes tokens anywhere', () => {
    const stack = newStack();
    const late = Lazy.string({ produce: () => 'late' });
    monitorIn(stack, { name: late, query: `avg(last_5m):avg:x{env:${late}} > 90`, priority: Token.asNumber({ Ref: 'P' }), tags: [`env:${late}`] });
    const [{ properties }] = customResources(stack, 'Custom::DatadogMonitor');
    expect(JSON.stringify(properties.Definition)).toContain('env:late} > 90');
  });

  test('takes a delay that is a token, in the unit of the API', () => {
    const stack = newStack();
    monitorIn(stack, { evaluationDelay: Duration.seconds(Token.asNumber({ Ref: 'Delay' })) });
    expect(definitionIn(stack, 'Custom::DatadogMonitor').options).toEqual({ evaluation_delay: 4711 });
    expect(refusing({ evaluationDelay: Duration.minutes(Token.asNumber({ Ref: 'Delay' })) }))
      .toThrow("'evaluationDelay' must be in seconds where it is a token, got: a token in minutes");
  });

  test.each<[string, Partial<DatadogMonitorProps>, string]>([
    ['no name', { name: ' ' }, "'name' must be a text that is not empty, got: \" \""],
    ['no query', { query: '' }, "'query' must be a text"],
    ['a priority out of range', { priority: 0 }, "'priority' must be a whole number from 1 to 5, got: 0"],
    ['two tags in one', { tags: ['a:b,c:d'] }, "'tags' must hold one tag in each entry, such as 'team:shop', got: 'a:b,c:d'"],
    ['an empty tag', { tags: [''] }, "'tags' must be a text that is not empty"],
    ['half a minute', { renotifyInterval: Duration.seconds(90) }, "'renotifyInterval' must be in whole minutes, got: 1 minute 30 seconds"],
    ['an id of another kind', { adoptId: 'abc-def' }, "'adoptId' must be an id such as '12345678', got: 'abc-def'"],
    ['an escalation of nothing', { escalationMessage: 'x' }, "'renotifyInterval' must be given with 'escalationMessage'"],
    ['two ways to treat missing data', { onMissingData: DatadogMissingData.RESOLVE, options: { notify_no_data: true } },
      "'options.notify_no_data' must not be given beside 'onMissingData'"],
    ['a delay twice', { evaluationDelay: Duration.minutes(1), options: { evaluation_delay: 60 } },
      "'options.evaluation_delay' must not be given beside 'evaluationDelay', since both say the same"],
    ['thresholds twice', { thresholds: { warning: 1 }, options: { thresholds: {} } }, "'options.thresholds' must not be given beside 'thresholds'"],
    ['a name twice', { additionalFields: { name: 'x' } }, "'additionalFields.name' must not be given beside 'name'"],
  ])('refuses %s', (_what, props, message) => {
    expect(refusing(props)).toThrow(message);
  });
});

describe('thresholds', () => {
  test('get the number of the query where they have none', () => {
    expect(definitionOf({ thresholds: { warning: 80 } }).options.thresholds).toEqual({ critical: 90, warning: 80 });
    expect(definitionOf({ options: { thresholds: { warning: 80 } } }).options.thresholds).toEqual({ critical: 90, warning: 80 });
  });

  test.each([
    [DatadogMonitorType.METRIC, 'change(avg(last_5m),last_1h):sum:aws.ecs.service.running{*} by {servicename} <= -2', -2],
    [DatadogMonitorType.METRIC, 'avg(last_5m):avg:x{*} > 0.5', 0.5],
    [DatadogMonitorType.METRIC, 'avg(last_5m):avg:x{*} >= 1e3 ', 1000],
    [DatadogMonitorType.of('metric alert'), 'avg(last_5m):avg:x{*} < 5', 5],
    [DatadogMonitorType.LOG, 'logs("status:error").index("*").rollup("count").last("5m") > 500', 500],
    [DatadogMonitorType.EVENT, 'events("source:amazon_ecs").rollup("count").last("5m") > 0', 0],
    [DatadogMonitorType.SLO, 'error_budget("abc").over("7d") > 75', 75],
  ])('of a %s must equal the number in the query', (type, query, critical) => {
    expect(definitionOf({ type, query, thresholds: { critical } }).options.thresholds).toEqual({ critical });
    expect(refusing({ type, query, thresholds: { critical: critical + 1 } }))
      .toThrow(`'thresholds.critical' must equal the number in the query, ${critical}, got: ${critical + 1}`);
    expect(refusing({ type, query, options: { thresholds: { critical: critical + 1 } } }))
      .toThrow(`'options.thresholds.critical' must equal the number in the query, ${critical}, got: ${critical + 1}`);
  });

  test('of a service check are numbers of checks, whatever the query says', () => {
    const query = '"aws.ecs.agent_connected".over("*").by("instance_id").last(3).count_by_status()';
    const thresholds = { critical: 2, warning: 1, ok: 1, unknown: 3 };
    expect(definitionOf({ type: DatadogMonitorType.SERVICE_CHECK, query, thresholds }).options.thresholds).toEqual(thresholds);
  });

  test.each<[string, DatadogMonitorProps['thresholds'], string]>([
    ['> 90', { warning: 95 }, "'thresholds.warning' must be below 'critical' (90), since the query alerts on '>', got: 95"],
    ['>= 90', { criticalRecovery: 91 }, "'thresholds.criticalRecovery' must be below 'critical' (90)"],
    ['< 10', { warning: 5 }, "'thresholds.warning' must be above 'critical' (10), since the query alerts on '<', got: 5"],
    ['<= 10', { warning: 20, warningRecovery: 15 }, "'thresholds.warningRecovery' must be above 'warning' (20)"],
  ])('for %s are ordered: not %p', (comparison, thresholds, message) => {
    expect(refusing({ query: `avg(last_5m):avg:x{*} ${comparison}`, thresholds })).toThrow(message);
  });

  test('that are tokens, or another query, are taken as they are', () => {
    expect(refusing({ thresholds: { critical: 91 } })).toThrow();
    const stack = newStack();
    monitorIn(stack, { thresholds: { critical: Token.asNumber({ Ref: 'Critical' }) } });
    expect(definitionIn(stack, 'Custom::DatadogMonitor').options.thresholds).toEqual({ critical: 4711 });
    expect(definitionOf({ options: { thresholds: { critical: 1, critical_query: 'avg:y{*}' } } }).options.thresholds)
      .toEqual({ critical: 1, critical_query: 'avg:y{*}' });
  });
});

describe('a composite', () => {
  function compositeIn(stack: Stack, expression: MonitorExpression): DatadogMonitor {
    return DatadogMonitor.composite(stack, 'Composite', { datadog: accountIn(stack), name: 'Both', expression });
  }
  const [a, b, c, d] = [1, 2, 3, 4].map((id) => MonitorExpression.of(DatadogMonitor.fromMonitorId(newStack(), 'M', id)));

  test.each([
    [a.and(b), '1 && 2'],
    [a.and(b, c), '1 && 2 && 3'],
    [a.not().or(c.and(d)), '!1 || (3 && 4)'],
    [a.or(b).not().and(c.not().not()), '!(1 || 2) && !!3'],
    [a.or(b).and(c), '(1 || 2) && 3'],
    [a.and(), '1'],
  ])('reads as it was combined', (expression, text) => {
    expect(expression.toString()).toBe(text);
  });

  test('takes monitors of the same stack, and waits for them', () => {
    const stack = newStack();
    const [cpu, memory] = ['Cpu', 'Memory'].map((id) => MonitorExpression.of(monitorIn(stack, {}, id)));
    compositeIn(stack, cpu.and(memory.not()));
    const composite = customResources(stack, 'Custom::DatadogMonitor').find(({ logicalId }) => logicalId.startsWith('Composite'))!;
    expect(composite.definition).toEqual({ name: 'Both', type: 'composite', query: '4711 && !4711' });
    expect(composite.properties.Definition['Fn::Join'][1].filter((part: any) => typeof part === 'object')).toEqual([
      { 'Fn::GetAtt': ['CpuCustomResource87A21937', 'Id'] }, { 'Fn::GetAtt': ['MemoryCustomResourceD568D59F', 'Id'] },
    ]);
  });

  test('takes a monitor of another stack, and that stack comes first', () => {
    const app = new App();
    const [first, second] = ['First', 'Second'].map((id) => newStack(id, app));
    const cpu: IDatadogMonitor = monitorIn(first);
    compositeIn(second, MonitorExpression.of(cpu).not());
    monitorIn(second, { priority: cpu.monitorId }, 'Number');
    app.synth();
    expect(second.dependencies).toEqual([first]);
    const definitions = customResources(second, 'Custom::DatadogMonitor').map(({ definition }) => definition);
    expect(definitions).toMatchObject([{ query: '!4711' }, { priority: 4711 }]);
    const exported = Object.values(Template.fromStack(first).toJSON().Outputs).map(({ Value }: any) => Value);
    expect(exported).toEqual([{ 'Fn::GetAtt': ['CpuCustomResource87A21937', 'Id'] }]);
  });

  test('refuses an imported monitor whose id is no number', () => {
    expect(() => DatadogMonitor.fromMonitorId(newStack(), 'M', 1.5)).toThrow("'monitorId' must be a whole number above 0, got: 1.5");
    DatadogMonitor.fromMonitorId(newStack(), 'M', Token.asNumber({ Ref: 'Id' }));
  });
});

test('a type that is not known here is taken by name', () => {
  expect(definitionOf({ type: DatadogMonitorType.of('rum alert'), query: 'rum("*").rollup("count").last("5m") > 1' }).type).toBe('rum alert');
  expect(() => DatadogMonitorType.of('')).toThrow("'type' must be");
});

test('the same backend may be given many times', () => {
  const stack = newStack();
  const backend = DatadogBackend.customResource();
  monitorIn(stack, { backend }, 'A');
  monitorIn(stack, { backend }, 'B');
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
});
