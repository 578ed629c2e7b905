// SPDX-License-Identifier: Apache-2.0
import { App, Environment, Fn, Lazy, Stack, Stage } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { fargateService, monitor, newApp, taskOf, tasksOf, vpcIn, warningText, warnings } from './fixture';

const HOME = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';

function made(scope: Construct): ecs.ICluster {
  return new ecs.Cluster(scope, 'Made', { clusterName: 'prod', vpc: vpcIn(scope), containerInsightsV2: ecs.ContainerInsights.ENHANCED });
}

function named(scope: Construct): ecs.ICluster {
  return ecs.Cluster.fromClusterAttributes(scope, 'Named', { clusterName: 'prod', vpc: vpcIn(scope), hasEc2Capacity: false });
}

function byArn(scope: Construct): ecs.ICluster {
  return ecs.Cluster.fromClusterAttributes(scope, 'ByArn', { clusterName: 'prod', clusterArn: ARN, vpc: vpcIn(scope), hasEc2Capacity: false });
}

type Reference = (scope: Construct) => ecs.ICluster;

/** One stack watches the cluster, a service in another names it its own way. */
function watch(reference: Reference, other: Reference, env?: Environment, otherEnv?: Environment, stageOf = (app: App): Construct => app) {
  const app = newApp();
  const stack = new Stack(app, 'S', { env });
  const team = new Stack(stageOf(app), 'Team', { env: otherEnv });
  monitor(stack, { cluster: reference(stack), containerInsights: true });
  fargateService(team, 'Web', other(team));
  return { isWatched: 'datadog-agent' in taskOf(team), warnings: [...warnings(stack), ...warnings(team)] };
}

const WATCHED = { isWatched: true, warnings: [] };
const ANOTHER = { isWatched: false, warnings: [] };
const ELSEWHERE = { isWatched: false, warnings: ['Web serviceElsewhere'] };

describe.each<[string, Reference, Reference]>([
  ['made here, named there', made, named],
  ['made here, by ARN there', made, byArn],
  ['by name here, by ARN there', named, byArn],
  ['by ARN here, by name there', byArn, named],
  ['by name in both', named, named],
])('a cluster that is %s', (_, here, there) => {
  test('is one cluster where account and region are the same', () => {
    expect(watch(here, there, HOME, HOME)).toEqual(WATCHED);
  });

  test('is taken for one cluster where the environment is known at deployment only', () => {
    expect(watch(here, there, undefined, undefined)).toEqual(WATCHED);
  });

  test('is warned of where only one environment is known, since the CDK refuses references then', () => {
    expect(watch(here, there, HOME, undefined)).toEqual(ELSEWHERE);
    expect(watch(here, there, undefined, HOME)).toEqual(ELSEWHERE);
  });

  test.each<[string, Environment | undefined]>([['the same', HOME], ['an unknown', undefined]])('is warned of in another Stage of %s environment', (__, env) => {
    const result = watch(here, there, HOME, env, (app) => new Stage(app, 'Stage'));
    expect(result).toEqual({ isWatched: false, warnings: ['Monitored otherStage:Stage/Team/Web'] });
  });
});

test.each<[string, Environment]>([
  ['region', { ...HOME, region: 'us-east-1' }],
  ['account', { ...HOME, account: '444455556666' }],
])('a cluster of the same name in another %s is another one', (_, env) => {
  expect(watch(made, named, HOME, env)).toEqual(ANOTHER);
  expect(watch(made, byArn, HOME, env)).toEqual(ELSEWHERE);
});

test('clusters of one name that two Stages make are two', () => {
  expect(watch(made, made, undefined, undefined, (app) => new Stage(app, 'Stage'))).toEqual(ANOTHER);
});

/** A cluster whose name the deployment looks up. */
function lookedUp(scope: Construct): ecs.ICluster {
  return ecs.Cluster.fromClusterAttributes(scope, 'LookedUp', { clusterName: Fn.importValue('ClusterName'), vpc: vpcIn(scope), hasEc2Capacity: false });
}

/** A cluster whose name CloudFormation chooses. */
function unnamed(scope: Construct): ecs.ICluster {
  return new ecs.Cluster(scope, 'Unnamed', { vpc: vpcIn(scope), containerInsightsV2: ecs.ContainerInsights.ENHANCED });
}

const imported = (clusterName: string): Reference => (scope) => ecs.Cluster.fromClusterAttributes(scope, 'Imported', { clusterName, vpc: vpcIn(scope) });

describe('where only the deployment can tell whether it is one cluster', () => {
  test.each<[string, Reference, Reference]>([
    ['a literal name and one that is looked up', named, lookedUp],
    ['a name that is looked up and a literal one', lookedUp, named],
    ['a generated name and one that is looked up', unnamed, lookedUp],
    ['a generated name and a literal one of its form', unnamed, imported('S-Unnamed3A5C1B2D-kq3XyzAbc')],
  ])('a warning says so: %s', (_, here, there) => {
    expect(watch(here, there)).toEqual({ isWatched: false, warnings: ['Web clusterUnknown'] });
  });

  test('a name of another form, account or region is none of those', () => {
    expect(watch(unnamed, imported('legacy'))).toEqual(ANOTHER);
    expect(watch(named, lookedUp, HOME, { ...HOME, region: 'us-east-1' })).toEqual(ANOTHER);
  });

  test("the user's word is taken for it: configure() watches the service, exclude() leaves it, both without a warning", () => {
    const stack = new Stack(newApp(), 'S');
    const monitored = monitor(stack, { cluster: named(stack), containerInsights: true });
    const cluster = lookedUp(stack);
    monitored.configure(fargateService(stack, 'Web', cluster), { service: 'web' });
    monitored.exclude(fargateService(stack, 'Legacy', cluster));
    expect(tasksOf(stack).map((task) => Object.keys(task)).sort()).toEqual([['app'], ['app', 'datadog-agent']]);
    expect(warnings(stack)).toEqual([]);
  });

  test('nothing is said where services are opted in one by one, or another MonitoredCluster watches the service', () => {
    const stack = new Stack(newApp(), 'S');
    monitor(stack, { cluster: named(stack), containerInsights: true, autoInstrument: false });
    fargateService(stack, 'Web', lookedUp(stack));
    expect(warnings(stack)).toEqual([]);

    const both = new Stack(newApp(), 'S');
    const cluster = lookedUp(both);
    monitor(both, { cluster: named(both), containerInsights: true }, 'One');
    monitor(both, { cluster, containerInsights: true }, 'Two');
    fargateService(both, 'Web', cluster);
    expect(taskOf(both)).toHaveProperty('datadog-agent');
    expect(warnings(both)).toEqual([]);
  });

  test('a service of the generated class is told of as well', () => {
    const stack = new Stack(newApp(), 'S');
    monitor(stack, { cluster: named(stack), containerInsights: true });
    new ecs.CfnService(stack, 'Bare', { cluster: Fn.importValue('ClusterName') });
    expect(warnings(stack)).toEqual(['Bare clusterUnknown']);
    expect(warningText(stack, 'clusterUnknown')).toContain('instrument()');
  });
});

test('a service of the generated class that names no cluster runs on the default one', () => {
  const stack = new Stack(newApp(), 'S');
  monitor(stack, { cluster: imported('default')(stack), containerInsights: true });
  new ecs.CfnService(stack, 'Bare', {});
  expect(warnings(stack)).toEqual(['Bare bareService']);
});

test('a reference to the name of a cluster leads to that cluster, of a fixed name too', () => {
  const stack = new Stack(newApp(), 'S');
  const [cluster, other] = [made(stack), unnamed(stack)];
  monitor(stack, { cluster });
  [cluster, other].forEach(({ clusterName }, i) => (
    fargateService(stack, `Web${i}`, ecs.Cluster.fromClusterAttributes(stack, `Import${i}`, { clusterName: Lazy.string({ produce: () => clusterName }), vpc: vpcIn(stack) }))
  ));
  expect(tasksOf(stack).map((task) => Object.keys(task))).toEqual([['app', 'datadog-agent'], ['app']]);
  expect(warnings(stack)).toEqual([]);
});

test('an import under the name of a cluster without a fixed name is that cluster', () => {
  const stack = new Stack(newApp(), 'S');
  const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
  fargateService(stack, 'Web', ecs.Cluster.fromClusterAttributes(stack, 'Again', { clusterName: cluster.clusterName, vpc: vpcIn(stack) }));
  expect(taskOf(stack)).toHaveProperty('datadog-agent');
});

test('a service of the generated class is warned of by the literal name and ARN too', () => {
  const stack = new Stack(newApp(), 'S', { env: HOME });
  monitor(stack, { cluster: made(stack) });
  new ecs.CfnService(stack, 'ByName', { cluster: 'prod' });
  new ecs.CfnService(stack, 'ByArn', { cluster: ARN });
  new ecs.CfnService(stack, 'Other', { cluster: ARN.replace('eu-west-1', 'us-east-1') });
  expect(warnings(stack)).toEqual(['ByArn bareService', 'ByName bareService']);
});

test('a MonitoredCluster for each environment: nobody is warned of what another one watches, nobody is refused', () => {
  const app = newApp();
  const stacks = [HOME, undefined].map((env, i) => new Stack(app, `S${i}`, { env }));
  for (const stack of stacks) {
    monitor(stack, { cluster: named(stack), containerInsights: true });
    fargateService(stack, 'Web', ecs.Cluster.fromClusterAttributes(stack, 'Again', { clusterName: 'prod', vpc: vpcIn(stack) }));
  }
  for (const stack of stacks) {
    expect(taskOf(stack)).toHaveProperty('datadog-agent');
    expect(warnings(stack)).toEqual([]);
  }
});

test('the same cluster under another name cannot be watched twice', () => {
  const stack = new Stack(newApp(), 'S', { env: HOME });
  monitor(stack, { cluster: made(stack) });
  expect(() => monitor(stack, { cluster: named(stack) }, 'Second')).toThrow(/'cluster' must be watched by one MonitoredCluster/);
});
