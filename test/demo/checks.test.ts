// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly, Resource, readCloudAssembly } from '../../demo/cloud-assembly';
import { inspect } from '../../demo/inspection';

jest.setTimeout(60_000);

let output: string;
beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'demo-'));
  execFileSync(process.execPath, ['--import', 'tsx', 'examples/quickstart/app.ts'], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, CDK_OUTDIR: output, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
  });
});
afterAll(() => rmSync(output, { recursive: true }));

/** A copy of the quickstart's assembly from which something may be taken. */
function assembly(): { readonly [Key in keyof CloudAssembly]: any } {
  return structuredClone(readCloudAssembly(output));
}

function resources(copy: CloudAssembly, type: string): [string, Resource][] {
  return Object.entries(copy.resources).filter(([, { Type }]) => Type === type);
}

function remove(copy: CloudAssembly, type: string, idPart: string): void {
  const [id] = resources(copy, type).find(([candidate]) => candidate.includes(idPart))!;
  delete (copy.resources as { [id: string]: Resource })[id];
}

function taskDefinition(copy: CloudAssembly, idPart: string) {
  return resources(copy, 'AWS::ECS::TaskDefinition').find(([id]) => id.startsWith(idPart))![1].Properties;
}

function agent(copy: CloudAssembly, idPart: string) {
  return taskDefinition(copy, idPart).ContainerDefinitions.find(({ Name }: any) => Name === 'datadog-agent');
}

function setVariable(container: any, name: string, value: string | undefined): void {
  const others = container.Environment.filter(({ Name }: any) => Name !== name);
  container.Environment = value === undefined ? others : [...others, { Name: name, Value: value }];
}

async function missing(copy: CloudAssembly): Promise<string[]> {
  return (await inspect(copy)).checks.filter(({ holds }) => !holds).map(({ what }) => what);
}

test('nothing is missing of the quickstart', async () => {
  const { checks, received } = await inspect(assembly());
  expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(checks.length).toBeGreaterThan(30);
  expect(received).toHaveLength(6);
});

test('a sidecar is', async () => {
  const copy = assembly();
  const task = taskDefinition(copy, 'WebTask');
  task.ContainerDefinitions = task.ContainerDefinitions.filter(({ Name }: any) => Name !== 'datadog-agent');
  expect(await missing(copy)).toEqual([
    expect.stringMatching(/^WebService\w* has an Agent$/), expect.stringMatching(/^the Agent of WebService\w* gets its key from a secret$/),
  ]);
});

test('the daemon is', async () => {
  const copy = assembly();
  remove(copy, 'AWS::ECS::Service', 'ProductionAgent');
  expect(await missing(copy)).toEqual([
    expect.stringMatching(/^BillingService\w* has an Agent$/),
    expect.stringMatching(/^the Agent of BillingService\w* gets its key from a secret$/),
    expect.stringMatching(/^the logs of billing of BillingService\w* have a route$/),
  ]);
});

test('a subscription filter is', async () => {
  const copy = assembly();
  remove(copy, 'AWS::Logs::SubscriptionFilter', 'Worker');
  expect(await missing(copy)).toEqual([
    expect.stringMatching(/^the logs of QueueProcessingContainer of \w+ have a route$/),
    expect.stringMatching(/^'2026-11-25T10:15:03Z INFO .* of QueueProcessingContainer arrived once, as service shop-worker$/),
    expect.stringMatching(/^'2026-11-25T10:15:04Z ERROR .* of QueueProcessingContainer arrived once, as service shop-worker$/),
  ]);
});

test('the permission to invoke the forwarder is', async () => {
  const copy = assembly();
  remove(copy, 'AWS::Lambda::Permission', 'CloudWatchLogsPermission');
  const all = await missing(copy);
  expect(all).toContain('there is a forwarder that CloudWatch Logs may invoke');
  expect(all.filter((what) => what.includes('arrived once'))).toHaveLength(6);
});

test.each([['a sidecar', 'WebTask', 'WebService'], ['the daemon', 'ProductionAgent', 'BillingService']])('the secret of %s is', async (_agent, task, service) => {
  const copy = assembly();
  agent(copy, task).Secrets = [];
  expect(await missing(copy)).toEqual([expect.stringMatching(`^the Agent of ${service}\\w* gets its key from a secret$`)]);
});

test('a secret is, where the key stands in the template beside it', async () => {
  const copy = assembly();
  agent(copy, 'WebTask').Environment.push({ Name: 'DD_API_KEY', Value: '0123456789abcdef' });
  expect(await missing(copy)).toEqual([expect.stringMatching(/^the Agent of WebService\w* gets its key from a secret$/)]);
});

test('the secret of the forwarder is', async () => {
  const copy = assembly();
  delete resources(copy, 'AWS::Lambda::Function').find(([id]) => id.includes('Forwarder'))![1].Properties.Environment.Variables.DD_API_KEY_SECRET_ARN;
  expect(await missing(copy)).toEqual(['the forwarder gets its key from a secret']);
});

test.each<[string, (container: any) => void, RegExp]>([
  ['the tags of all', (container) => setVariable(container, 'DD_TAGS', undefined), /^flask of WebService\w* knows its service, environment and team$/],
  ['the environment', (container) => setVariable(container, 'DD_ENV', 'test'), /^flask of WebService\w* knows its service, environment and team$/],
  ['a label', (container) => { delete container.DockerLabels['com.datadoghq.tags.service']; }, /^flask of WebService\w* knows its service, environment/],
])('%s are missing on a container', async (_, change, what) => {
  const copy = assembly();
  change(taskDefinition(copy, 'WebTask').ContainerDefinitions.find(({ Name }: any) => Name === 'flask'));
  expect(await missing(copy)).toContainEqual(expect.stringMatching(what));
});

test('the version is', async () => {
  const copy = assembly();
  taskDefinition(copy, 'WebTask').ContainerDefinitions.forEach((container: any) => setVariable(container, 'DD_VERSION', undefined));
  expect(await missing(copy)).toEqual(['the web application has its version']);
});

test('the Redis check is', async () => {
  const copy = assembly();
  delete taskDefinition(copy, 'WebTask').ContainerDefinitions.find(({ Name }: any) => Name === 'redis').DockerLabels['com.datadoghq.ad.checks'];
  expect(await missing(copy)).toEqual(['Redis has its check']);
});

test('the tags of the logs are', async () => {
  const copy = assembly();
  const { Code: { S3Key }, Environment: { Variables } } = resources(copy, 'AWS::Lambda::Function').find(([id]) => id.includes('Forwarder'))![1].Properties;
  Variables.DD_TAGS = Variables.DD_TAGS.replace('team:shop', 'team:other');
  const code = mkdtempSync(join(tmpdir(), 'demo-tags-'));
  cpSync(copy.assets[S3Key], code, { recursive: true });
  writeFileSync(join(code, 'identities.json'), readFileSync(join(code, 'identities.json'), 'utf8').replaceAll('team:shop', 'team:other'));
  copy.assets[S3Key] = code;
  expect((await missing(copy)).filter((what) => what.includes('arrived once'))).toHaveLength(6);
  rmSync(code, { recursive: true });
});

test.each(['CpuUtilization', 'MemoryUtilization', 'RunningTasks', 'PendingTasks', 'LogErrors', 'LogsStillUndelivered', 'ForwarderErrors'])('the alarm %s is', async (rule) => {
  const copy = assembly();
  remove(copy, 'AWS::CloudWatch::Alarm', rule);
  expect(await missing(copy)).toEqual([`there is an alarm ${rule}`]);
});

test('an alarm is that notifies nobody', async () => {
  const copy = assembly();
  resources(copy, 'AWS::CloudWatch::Alarm').find(([id]) => id.includes('PendingTasks'))![1].Properties.AlarmActions = [];
  expect(await missing(copy)).toEqual(['there is an alarm PendingTasks']);
});

describe('with another handler', () => {
  let code: string;
  beforeAll(() => { code = mkdtempSync(join(tmpdir(), 'demo-code-')); });
  afterAll(() => rmSync(code, { recursive: true }));

  /** The forwarder's code, with a request that is changed before it is sent. */
  function tamper(change: string): CloudAssembly {
    const copy = assembly();
    const { S3Key } = resources(copy, 'AWS::Lambda::Function').find(([id]) => id.includes('Forwarder'))![1].Properties.Code;
    cpSync(copy.assets[S3Key], code, { recursive: true });
    writeFileSync(join(code, 'index.js'), `${change}\n${readFileSync(join(copy.assets[S3Key], 'index.js'), 'utf8')}`);
    copy.assets[S3Key] = code;
    return copy;
  }

  /** Replaces text of what is compressed, which is all that the handler sends. */
  const replacing = (from: string, to: string) => `
    const zlib = require('zlib');
    for (const name of ['gzip', 'gzipSync']) {
      const original = zlib[name];
      zlib[name] = (data, ...rest) => original(data.toString().split(${JSON.stringify(from)}).join(${JSON.stringify(to)}), ...rest);
    }`;

  test('a log is', async () => {
    expect(await missing(tamper(replacing('Ready to accept', 'ready to accept')))).toEqual([expect.stringContaining('of redis arrived once')]);
  });

  test('logs are that belong to another service', async () => {
    const all = await missing(tamper(replacing('"service":"shop-worker"', '"service":"cloudwatch"')));
    expect(all).toEqual([1, 2].map(() => expect.stringContaining('of QueueProcessingContainer arrived once, as service shop-worker')));
  });

  test('logs are that do not name their container', async () => {
    const all = await missing(tamper(replacing('container_name:redis', 'container_name:flask')));
    expect(all).toEqual([expect.stringContaining('of redis arrived once')]);
  });
});
