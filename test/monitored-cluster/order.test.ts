// SPDX-License-Identifier: Apache-2.0
import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { account, addInstances, awslogs, clusterIn, fargateTask, IMAGE, newApp, warnings } from './fixture';
import { MonitoredCluster } from '../../lib/monitored-cluster';
import { ServiceChoices } from '../../lib/monitored-cluster/service-choices';

/** An app in parts. Each part is made when it is its turn, or when another one needs it. */
class Scenario {
  public readonly app = newApp();
  private readonly made = new Map<string, unknown>();
  private readonly platform = new Stack(this.app, 'Platform');
  private readonly team = new Stack(this.app, 'Team');
  private readonly nested = new NestedStack(this.team, 'Nested');

  /** What may be declared in any order. */
  public readonly parts: { readonly [name: string]: () => unknown } = {
    capacity: () => addInstances(this.cluster()),
    monitored: () => this.monitored(),
    logGroup: () => this.logGroup(),
    web: () => this.web(),
    worker: () => this.fargate('Worker', this.nested, this.task('WorkerTask', this.nested)),
    blue: () => this.blue(),
    green: () => this.green(),
    billing: () => this.billing(),
    legacy: () => this.legacy(),
    nightly: () => this.nightly(),
    webApp: () => this.webTask().addContainer('app', { image: IMAGE, logging: this.groupLogs() }),
    webProxy: () => this.webTask().addContainer('proxy', { image: IMAGE, logging: this.groupLogs() }),
    workerApp: () => this.task('WorkerTask', this.nested).addContainer('app', { image: IMAGE }),
    sharedApp: () => this.sharedTask().addContainer('app', { image: IMAGE, logging: awslogs() }),
    billingApp: () => this.billingTask().addContainer('app', { image: IMAGE, memoryLimitMiB: 128, logging: awslogs() }),
    configureWeb: () => this.monitored().configure(this.web(), { service: 'checkout', tags: { tier: '1' } }),
    configureWebAgain: () => this.monitored().configure(this.web(), { version: '2' }),
    configureBlue: () => this.monitored().configure(this.blue(), { service: 'blue' }),
    configureGreen: () => this.monitored().configure(this.green(), { service: 'green', version: '3' }),
    excludeLegacy: () => this.monitored().exclude(this.legacy()),
    instrumentNightly: () => this.monitored().instrument(this.nightly(), { service: 'nightly' }),
    instrumentShared: () => this.monitored().instrument(this.sharedTask(), { tags: { shared: 'yes' } }),
  };

  /** Templates without what the order of an app changes by itself: where a resource, a container or a statement stands in its list. */
  public synth(): { readonly templates: unknown; readonly warnings: string[][] } {
    const stacks = [this.platform, this.team, this.nested];
    return { templates: stacks.map((stack) => normalized(Template.fromStack(stack).toJSON())), warnings: stacks.map(warnings) };
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.made.has(name)) {
      this.made.set(name, make());
    }
    return this.made.get(name) as T;
  }

  private cluster() { return this.once('cluster', () => clusterIn(this.platform)); }
  private monitored() {
    return this.once('monitored', () => new MonitoredCluster(this.platform, 'Monitored', { datadog: account(this.platform), cluster: this.cluster(), env: 'prod' }));
  }
  private logGroup() { return this.once('logGroup', () => new logs.LogGroup(this.team, 'Group')); }
  private groupLogs() { return ecs.LogDrivers.awsLogs({ streamPrefix: 'web', logGroup: this.logGroup() }); }
  private task(id: string, stack: Stack) { return this.once(id, () => new ecs.FargateTaskDefinition(stack, id, { memoryLimitMiB: 1024 })); }
  private webTask() { return this.task('WebTask', this.team); }
  private sharedTask() { return this.task('SharedTask', this.team); }
  private billingTask() { return this.once('billingTask', () => new ecs.Ec2TaskDefinition(this.platform, 'BillingTask')); }
  private fargate(id: string, stack: Stack, taskDefinition: ecs.FargateTaskDefinition, serviceName?: string) {
    return this.once(id, () => new ecs.FargateService(stack, id, { cluster: this.cluster(), taskDefinition, serviceName, minHealthyPercent: 100 }));
  }
  private web() { return this.fargate('Web', this.team, this.webTask()); }
  private blue() { return this.fargate('Blue', this.team, this.sharedTask(), 'blue'); }
  private green() { return this.fargate('Green', this.team, this.sharedTask()); }
  private legacy() { return this.fargate('Legacy', this.team, this.once('legacyTask', () => fargateTask(this.team, 'LegacyTask'))); }
  private nightly() { return this.once('nightly', () => fargateTask(this.team, 'NightlyTask')); }
  private billing() {
    return this.once('billing', () => new ecs.Ec2Service(this.platform, 'Billing', {
      cluster: this.cluster(), taskDefinition: this.billingTask(), minHealthyPercent: 100,
    }));
  }
}

const PARTS = Object.keys(new Scenario().parts);

/** Lists whose order is that of declaration, whoever declares. */
const UNORDERED = ['ContainerDefinitions', 'Statement', 'DependsOn', 'SecurityGroupIngress'];

function normalized(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normalized(item));
    return UNORDERED.includes(key) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, normalized(item, name)]));
  }
  return value;
}

function declared(order: string[]) {
  const scenario = new Scenario();
  order.forEach((part) => scenario.parts[part]());
  return scenario.synth();
}

// Each case synthesizes three stacks, some 100 ms: a hundred cases are ten seconds, a thousand would be minutes of everybody's test run.
const RUNS = 100;
const orders = fc.shuffledSubarray(PARTS, { minLength: PARTS.length });

describe('the order of declaration (a failure prints the seed that repeats it)', () => {
  const expected = declared(PARTS);

  test('of a case that is worth it: agents, filters, warnings, settings of each kind', () => {
    const text = JSON.stringify(expected.templates);
    expect(text.match(/"Name":"datadog-agent"/g)).toHaveLength(5);
    expect(text.match(/"AWS::Logs::SubscriptionFilter"/g)).toHaveLength(5);
    for (const value of ['checkout', 'blue', 'nightly', 'tier:1', 'shared:yes']) {
      expect(text).toContain(value);
    }
    expect(expected.warnings.flat()).toEqual([
      'Nested/WorkerTask/app noLogRoute', 'SharedTask sharedTaskDefinition:service', 'WorkerTask/app noLogRoute',
    ]);
  });

  test('changes neither templates, the code of the forwarder included, nor warnings', () => {
    fc.assert(fc.property(orders, (order) => {
      expect(declared(order)).toEqual(expected);
    }), { numRuns: RUNS });
  }, 120_000);

  test('which catches a cluster where the service that is declared first decides', () => {
    const careful = ServiceChoices.prototype.optionsOf;
    jest.spyOn(ServiceChoices.prototype, 'optionsOf').mockImplementation(function (this: ServiceChoices, task, services) {
      return careful.call(this, task, services.slice(0, 1));
    });
    const result = fc.check(fc.property(orders, (order) => {
      expect(declared(order)).toEqual(expected);
    }), { numRuns: RUNS });
    jest.restoreAllMocks();
    expect(result.failed).toBe(true);
  }, 120_000);
});
