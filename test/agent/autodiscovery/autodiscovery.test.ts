// SPDX-License-Identifier: Apache-2.0
import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Autodiscovery, LogProcessingRuleType } from '../../../lib/agent';
import { IMAGE, inStack, renderedContainer, warningIds } from '../fixture';

const REDIS = { instances: [{ host: '%%host%%', port: '6379' }] };

function setUp(compatibility = ecs.Compatibility.EC2, dockerLabels?: { [label: string]: string }) {
  const stack = inStack();
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility, cpu: '256', memoryMiB: '512' });
  const container = taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 64, dockerLabels });
  return { stack, container, labels: () => renderedContainer(stack, 'app').DockerLabels ?? {} };
}

describe('checks', () => {
  test('are one label of the current form', () => {
    const { container, labels } = setUp();
    Autodiscovery.of(container).addCheck('redisdb', REDIS);
    expect(labels()).toEqual({
      'com.datadoghq.ad.checks': '{"redisdb":{"init_config":{},"instances":[{"host":"%%host%%","port":"6379"}]}}',
    });
  });

  test('accumulate, over several calls too', () => {
    const { container, labels } = setUp();
    Autodiscovery.of(container).addCheck('redisdb', REDIS);
    Autodiscovery.of(container).addCheck('http_check', { initConfig: { timeout: 3 }, instances: [{ name: 'a', url: 'http://%%host%%' }, { name: 'b' }] });
    expect(JSON.parse(labels()['com.datadoghq.ad.checks'])).toEqual({
      redisdb: { init_config: {}, instances: [{ host: '%%host%%', port: '6379' }] },
      http_check: { init_config: { timeout: 3 }, instances: [{ name: 'a', url: 'http://%%host%%' }, { name: 'b' }] },
    });
    expect(Object.keys(labels())).toHaveLength(1);
  });

  test("are written in the guide's three older labels as well, by option", () => {
    const { container, labels } = setUp();
    Autodiscovery.of(container, { legacyLabels: true }).addCheck('redisdb', REDIS);
    Autodiscovery.of(container, { legacyLabels: true }).addCheck('http_check', { initConfig: { timeout: 3 }, instances: [{ name: 'a' }, { name: 'b' }] });
    expect(labels()).toEqual({
      'com.datadoghq.ad.checks': expect.any(String),
      'com.datadoghq.ad.check_names': '["redisdb","http_check"]',
      'com.datadoghq.ad.init_configs': '[{},{"timeout":3}]',
      'com.datadoghq.ad.instances': '[{"host":"%%host%%","port":"6379"},[{"name":"a"},{"name":"b"}]]',
    });
  });

  test('take tokens as values, also within strings', () => {
    const { stack, container, labels } = setUp();
    const port = new CfnParameter(stack, 'Port').valueAsString;
    Autodiscovery.of(container).addCheck('redisdb', { instances: [{ url: `http://%%host%%:${port}`, port }] });
    expect(labels()['com.datadoghq.ad.checks']).toEqual({
      'Fn::Join': ['', ['{"redisdb":{"init_config":{},"instances":[{"url":"http://%%host%%:', { Ref: 'Port' }, '","port":"', { Ref: 'Port' }, '"}]}}']],
    });
  });

  test('take tokens that are no strings: numbers and references', () => {
    const { stack, container, labels } = setUp();
    const port = new CfnParameter(stack, 'Port', { type: 'Number' });
    Autodiscovery.of(container).addCheck('redisdb', { instances: [{ port: port.valueAsNumber, list: port.value }] });
    expect(labels()['com.datadoghq.ad.checks']).toEqual({
      'Fn::Join': ['', ['{"redisdb":{"init_config":{},"instances":[{"port":', { Ref: 'Port' }, ',"list":"', { Ref: 'Port' }, '"}]}}']],
    });
  });

  test("leave the caller's objects alone", () => {
    const { container, labels } = setUp();
    const check = { instances: [{ host: '%%host%%' }] };
    Autodiscovery.of(container).addCheck('redisdb', check);
    check.instances[0].host = 'changed';
    expect(labels()['com.datadoghq.ad.checks']).toContain('%%host%%');
  });

  test('of one name are an error, as is one without instances', () => {
    const { container } = setUp();
    const autodiscovery = Autodiscovery.of(container);
    autodiscovery.addCheck('redisdb', REDIS);
    expect(() => Autodiscovery.of(container).addCheck('redisdb', REDIS)).toThrow("'name' must be a check that the container does not have yet, got: 'redisdb'");
    expect(() => autodiscovery.addCheck('nginx', { instances: [] })).toThrow("'instances' must hold at least one instance for the check 'nginx', got: none");
  });
});

describe('logs and tags', () => {
  test('logs have source, service, tags and rules', () => {
    const { container, labels } = setUp();
    Autodiscovery.of(container).addLogs({
      source: 'nginx',
      service: 'web',
      tags: { team: 'shop' },
      processingRules: [
        { type: LogProcessingRuleType.MULTI_LINE, name: 'dates', pattern: '\\d{4}' },
        { type: LogProcessingRuleType.MASK_SEQUENCES, name: 'cards', pattern: '\\d{16}', replacePlaceholder: '[card]' },
      ],
    });
    Autodiscovery.of(container).addLogs({ source: 'java' });
    expect(JSON.parse(labels()['com.datadoghq.ad.logs'])).toEqual([
      {
        source: 'nginx',
        service: 'web',
        tags: ['team:shop'],
        log_processing_rules: [
          { type: 'multi_line', name: 'dates', pattern: '\\d{4}' },
          { type: 'mask_sequences', name: 'cards', pattern: '\\d{16}', replace_placeholder: '[card]' },
        ],
      },
      { source: 'java' },
    ]);
  });

  test('tags accumulate, each once', () => {
    const { container, labels } = setUp();
    Autodiscovery.of(container).addTags({ team: 'shop' });
    Autodiscovery.of(container).addTags({ team: 'shop', tier: '1' });
    expect(labels()).toEqual({ 'com.datadoghq.ad.tags': '["team:shop","tier:1"]' });
  });

  test.each<[string, (autodiscovery: Autodiscovery) => void, string]>([
    ['a source that is none', (a) => a.addLogs({ source: '' }), "'source' must start with a letter"],
    ['a tag that is none', (a) => a.addTags({ team: 'a,b' }), "'tags.team' must hold only"],
    ['masking without a placeholder', (a) => a.addLogs({
      source: 'x', processingRules: [{ type: LogProcessingRuleType.MASK_SEQUENCES, name: 'n', pattern: 'p' }],
    }), "'replacePlaceholder' must be given with MASK_SEQUENCES and only there, got: 'undefined' with 'mask_sequences'"],
    ['a placeholder without masking', (a) => a.addLogs({
      source: 'x', processingRules: [{ type: LogProcessingRuleType.EXCLUDE_AT_MATCH, name: 'n', pattern: 'p', replacePlaceholder: 'x' }],
    }), "got: 'x' with 'exclude_at_match'"],
  ])('%s is refused, and nothing is added', (_name, misuse, message) => {
    const { container } = setUp();
    expect(() => misuse(Autodiscovery.of(container))).toThrow(message);
    expect(container.node.children).toEqual([]);
  });
});

describe("a label of the container's own", () => {
  test.each<[string, (autodiscovery: Autodiscovery) => void]>([
    ['com.datadoghq.ad.checks', (a) => a.addCheck('redisdb', REDIS)],
    ['com.datadoghq.ad.instances', (a) => a.addCheck('redisdb', REDIS)],
    ['com.datadoghq.ad.logs', (a) => a.addLogs({ source: 'nginx' })],
    ['com.datadoghq.ad.tags', (a) => a.addTags({ team: 'shop' })],
  ])('%s is a conflict, and nothing is added', (label, add) => {
    const { container, labels } = setUp(ecs.Compatibility.EC2, { [label]: 'own' });
    expect(() => add(Autodiscovery.of(container, { legacyLabels: true }))).toThrow(
      `container 'app' must not have a label of its own beside Autodiscovery's, got: '${label}'`);
    expect(labels()).toEqual({ [label]: 'own' });
    expect(container.node.children).toEqual([]);
  });

  test('that replaces ours later is an error at synthesis, since the check would silently not run', () => {
    const { stack, container } = setUp();
    Autodiscovery.of(container).addCheck('redisdb', REDIS);
    container.addDockerLabel('com.datadoghq.ad.checks', '{}');
    expect(() => Template.fromStack(stack)).toThrow("container 'app' must not replace Autodiscovery's label 'com.datadoghq.ad.checks'");
  });
});

describe('what has no meaning on Fargate is a warning there', () => {
  const port = (a: Autodiscovery) => a.addCheck('redisdb', { instances: [{ nested: { port: '%%port_0%%' } }] });
  const logs = (a: Autodiscovery) => a.addLogs({ source: 'nginx' });
  test.each<[string, (a: Autodiscovery) => void, ecs.Compatibility, string[]]>([
    ['%%port%%', port, ecs.Compatibility.FARGATE, ['cdk-ecs-datadog:portVariableOnFargate']],
    ['%%port%%', port, ecs.Compatibility.EC2_AND_FARGATE, ['cdk-ecs-datadog:portVariableOnFargate']],
    ['%%port%%', port, ecs.Compatibility.EC2, []],
    ['logs', logs, ecs.Compatibility.FARGATE, ['cdk-ecs-datadog:logLabelOnFargate']],
    ['logs', logs, ecs.Compatibility.EC2_AND_FARGATE, []],
    ['logs', logs, ecs.Compatibility.EC2, []],
    ['a written port', (a) => a.addCheck('redisdb', REDIS), ecs.Compatibility.FARGATE, []],
  ])('%s', (_name, add, compatibility, ids) => {
    const { stack, container } = setUp(compatibility);
    add(Autodiscovery.of(container));
    expect(warningIds(stack)).toEqual(ids);
  });
});
