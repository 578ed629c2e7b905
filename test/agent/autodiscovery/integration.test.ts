// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Autodiscovery, AutodiscoveryVariable, FargateAgentSidecar, Integration } from '../../../lib/agent';
import { IMAGE, account, fargateTask, inStack, renderedContainer, warningIds } from '../fixture';

function container(compatibility = ecs.Compatibility.EC2) {
  const stack = inStack();
  const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility, cpu: '256', memoryMiB: '512', networkMode: ecs.NetworkMode.AWS_VPC });
  return { stack, taskDefinition, app: taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 64 }) };
}

function checksOf(integration: Integration) {
  const { stack, app } = container();
  Autodiscovery.of(app).addIntegration(integration);
  return JSON.parse(renderedContainer(stack, 'app').DockerLabels['com.datadoghq.ad.checks']);
}

describe('an integration', () => {
  test.each<[string, Integration, object]>([
    ['redisdb', Integration.redis(), { host: '%%host%%', port: 6379 }],
    ['redisdb', Integration.redis({ port: 6380, username: 'dd', passwordVariable: 'REDIS' }),
      { host: '%%host%%', port: 6380, username: 'dd', password: '%%env_REDIS%%' }],
    ['mcache', Integration.memcached(), { url: '%%host%%', port: 11211 }],
    ['apache', Integration.apache(), { apache_status_url: 'http://%%host%%:80/server-status?auto' }],
    ['nginx', Integration.nginx(), { nginx_status_url: 'http://%%host%%:81/nginx_status' }],
    ['nginx', Integration.nginx({ port: 8080, path: '/status' }), { nginx_status_url: 'http://%%host%%:8080/status' }],
    ['elastic', Integration.elasticsearch({ username: 'dd', passwordVariable: 'ES' }),
      { url: 'http://%%host%%:9200', username: 'dd', password: '%%env_ES%%' }],
    ['consul', Integration.consul(), { url: 'http://%%host%%:8500', catalog_checks: true, new_leader_checks: true }],
    ['postgres', Integration.postgres({ username: 'dd', passwordVariable: 'PG', database: 'shop' }),
      { host: '%%host%%', port: 5432, username: 'dd', password: '%%env_PG%%', dbname: 'shop' }],
    ['mysql', Integration.mysql({ username: 'dd', passwordVariable: 'MYSQL' }), { host: '%%host%%', port: 3306, username: 'dd', password: '%%env_MYSQL%%' }],
    ['mongo', Integration.mongo({ port: 27018, database: 'shop' }), { hosts: ['%%host%%:27018'], database: 'shop' }],
  ])('%s knows what its check needs', (name, integration, instance) => {
    expect(checksOf(integration)).toEqual({ [name]: { init_config: {}, instances: [instance] } });
  });

  test("takes further settings in its own form, which win, and leaves the caller's alone", () => {
    const settings = { host: 'other', dbm: true };
    expect(checksOf(Integration.postgres({ settings })).postgres.instances).toEqual([{ host: 'other', port: 5432, dbm: true }]);
    expect(settings).toEqual({ host: 'other', dbm: true });
  });

  test('stands beside others on one container, and only once', () => {
    const { stack, app } = container();
    Autodiscovery.of(app).addIntegration(Integration.nginx());
    Autodiscovery.of(app).addIntegration(Integration.redis());
    Autodiscovery.of(app).addCheck('http_check', { instances: [{ url: `http://${AutodiscoveryVariable.HOST}` }] });
    expect(Object.keys(JSON.parse(renderedContainer(stack, 'app').DockerLabels['com.datadoghq.ad.checks']))).toEqual(['nginx', 'redisdb', 'http_check']);
    expect(() => Autodiscovery.of(app).addIntegration(Integration.redis({ port: 1 }))).toThrow("got: 'redisdb'");
  });

  test('stays valid JSON with tokens in it', () => {
    const { stack, app } = container();
    const port = new CfnParameter(stack, 'Port', { type: 'Number' });
    Autodiscovery.of(app).addIntegration(Integration.redis({ port: port.valueAsNumber, settings: { tags: [`port:${port.valueAsString}`] } }));
    Autodiscovery.of(app).addIntegration(Integration.nginx({ port: port.valueAsNumber }));
    const { 'Fn::Join': [separator, parts] } = renderedContainer(stack, 'app').DockerLabels['com.datadoghq.ad.checks'];
    // As CloudFormation puts it together.
    const text = parts.map((part: any) => (typeof part === 'string' ? part : (expect(part).toEqual({ Ref: 'Port' }), '6380'))).join(separator);
    expect(JSON.parse(text)).toMatchObject({
      redisdb: { instances: [{ host: '%%host%%', port: 6380, tags: ['port:6380'] }] },
      nginx: { instances: [{ nginx_status_url: 'http://%%host%%:6380/nginx_status' }] },
    });
  });

  test.each<[() => Integration, string]>([
    [() => Integration.redis({ port: 0 }), "'port' must be a whole number from 1 to 65535, got: '0'"],
    [() => Integration.redis({ port: 6379.5 }), "got: '6379.5'"],
    [() => Integration.nginx({ path: 'status' }), "'path' must start with a slash, got: 'status'"],
    [() => Integration.mysql({ settings: { pass: 's3cret' } }),
      "'settings.pass' must not hold a password in plain text, since it stands in the template; use AutodiscoveryVariable.env('…')"],
    [() => Integration.redis({ passwordVariable: 'A B' }), "'name' must be a name without blanks and percent signs, got: 'A B'"],
  ])('is refused where it would not work or tell a secret (%#)', (make, message) => {
    expect(make).toThrow(message);
    expect(make).not.toThrow('s3cret');
  });

  test('takes a password as a variable, or as a token', () => {
    const token = new CfnParameter(new Stack(), 'Password').valueAsString;
    expect(() => Integration.mysql({ settings: { password: AutodiscoveryVariable.env('MYSQL') } })).not.toThrow();
    expect(() => Integration.mysql({ settings: { password: token } })).not.toThrow();
  });
});

describe('template variables', () => {
  test.each([
    [AutodiscoveryVariable.HOST, '%%host%%'],
    [AutodiscoveryVariable.PORT, '%%port%%'],
    [AutodiscoveryVariable.PID, '%%pid%%'],
    [AutodiscoveryVariable.HOSTNAME, '%%hostname%%'],
    [AutodiscoveryVariable.hostOn('bridge'), '%%host_bridge%%'],
    [AutodiscoveryVariable.port(1), '%%port_1%%'],
    [AutodiscoveryVariable.portOf('http'), '%%port_http%%'],
    [AutodiscoveryVariable.env('REDIS'), '%%env_REDIS%%'],
  ])('%s', (variable, text) => {
    expect(variable).toBe(text);
  });

  test.each<[() => string, string]>([
    [() => AutodiscoveryVariable.port(-1), "'index' must be a whole number from 0, got: '-1'"],
    [() => AutodiscoveryVariable.portOf(''), "'name' must be a name without blanks and percent signs, got: ''"],
    [() => AutodiscoveryVariable.hostOn('%%'), "'network' must be a name without blanks and percent signs, got: '%%'"],
  ])('are refused if the Agent would not recognize them (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[string, ecs.Compatibility, string[]]>([
    [AutodiscoveryVariable.port(0), ecs.Compatibility.FARGATE, ['cdk-ecs-datadog:portVariableOnFargate']],
    [AutodiscoveryVariable.PID, ecs.Compatibility.FARGATE, ['cdk-ecs-datadog:variableOnFargate:%%pid%%']],
    [AutodiscoveryVariable.HOSTNAME, ecs.Compatibility.FARGATE, ['cdk-ecs-datadog:variableOnFargate:%%hostname%%']],
    [AutodiscoveryVariable.HOST, ecs.Compatibility.FARGATE, []],
    [AutodiscoveryVariable.env('REDIS'), ecs.Compatibility.FARGATE, []],
    [AutodiscoveryVariable.PID, ecs.Compatibility.EC2, []],
  ])('%s on %d', (variable, compatibility, ids) => {
    const { stack, app } = container(compatibility);
    Autodiscovery.of(app).addCheck('own', { instances: [{ deep: [variable] }] });
    expect(warningIds(stack)).toEqual(ids);
  });
});

describe('beside an application on Managed Instances, where no Agent reads labels', () => {
  test.each<[string, (app: ecs.ContainerDefinition) => void, string[]]>([
    ['a check', (app) => Autodiscovery.of(app).addIntegration(Integration.redis()), ['cdk-ecs-datadog:labelsOnManagedSidecar']],
    ["a label of the user's", (app) => app.addDockerLabel('com.datadoghq.ad.logs', '[]'), ['cdk-ecs-datadog:labelsOnManagedSidecar']],
    ['nothing', () => undefined, []],
  ])('%s is a warning', (_name, add, ids) => {
    const { stack, taskDefinition, app } = container(ecs.Compatibility.MANAGED_INSTANCES);
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    add(app);
    expect(warningIds(stack)).toEqual(ids);
  });

  test('on Fargate it is none', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    Autodiscovery.of(taskDefinition.findContainer('app')!).addIntegration(Integration.redis());
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    expect(warningIds(stack)).toEqual([]);
  });
});
