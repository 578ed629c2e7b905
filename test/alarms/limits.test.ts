// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { importedService, newCluster } from './fixture';
import { AlertBackend, AlertRule, EcsAlarms } from '../../lib/alarms';
import { accountIn } from '../datadog/resources/fixture';

const backends = [AlertBackend.cloudWatch()];

function clusters(stack: Stack, count: number): void {
  const rules = [AlertRule.cpuUtilization(), AlertRule.memoryUtilization()];
  for (let index = 0; index < count; index++) {
    new EcsAlarms(stack, `Alarms${index}`, { cluster: newCluster(stack, `Cluster${index}`), rules, backends });
  }
}

function warningsOf(app: App, stack: Stack): string[] {
  app.synth();
  return stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)));
}

test('more alarms on queries than an account has in a region, over all stacks of that environment', () => {
  const app = new App();
  const [one, other, far] = ['One', 'Other', 'Far'].map((id) => new Stack(app, id, { env: { account: '111111111111', region: id === 'Far' ? 'us-east-1' : 'eu-west-1' } }));
  clusters(one, 50);
  clusters(other, 51);
  clusters(far, 100);
  expect(warningsOf(app, far)).toEqual([]);
  const warnings = warningsOf(app, one);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^an account has 200 alarms on Metrics Insights queries in a region unless AWS raises that, and this app has 202, .*metricsInsightsAlarms\]$/);
});

test.each([[200, 0], [201, 1]])('a rule about containers makes such an alarm for each of %i services: %i warnings', (count, expected) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const services = Array.from({ length: count }, (_, index) => importedService(stack, `Service${index}`));
  new EcsAlarms(stack, 'Alarms', { cluster: newCluster(stack), services, rules: [AlertRule.containerRestarts()], backends });
  const warnings = warningsOf(app, stack);
  expect(warnings).toHaveLength(expected);
  for (const warning of warnings) {
    expect(warning).toMatch(/this app has 201, so a deployment fails: raise the quota, leave out 'services' for rules about containers, .*metricsInsightsAlarms\]$/);
  }
});

test('alarms for deployments count, also where Datadog alone watches', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const alarms = new EcsAlarms(stack, 'Alarms', {
    cluster: newCluster(stack), rules: [AlertRule.containerRestarts()], backends: [AlertBackend.datadog({ account: accountIn(stack) })],
  });
  for (let index = 0; index < 201; index++) {
    alarms.deploymentAlarmsFor(importedService(stack, `Service${index}`), ['ContainerRestarts']);
  }
  expect(warningsOf(app, stack)).toEqual([expect.stringMatching(/this app has 201, .*metricsInsightsAlarms\]$/)]);
});

test.each([[500, 0], [501, 1]])('%i services of a cluster, of which a query sees 500: %i warnings', (count, expected) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const serviceStack = new Stack(app, 'Services', { suppressTemplateIndentation: true });
  const cluster = newCluster(stack);
  const other = newCluster(stack, 'Other');
  for (let index = 0; index < count; index++) {
    // A stack has 500 resources, so these are spread; the reference across stacks is the cluster's all the same.
    const parent = index % 2 === 0 ? stack : serviceStack;
    new ecs.CfnService(parent, `Service${index}`, { cluster: cluster.ref, taskDefinition: 'app' });
  }
  new ecs.CfnService(serviceStack, 'Elsewhere', { cluster: other.ref, taskDefinition: 'app' });
  new EcsAlarms(stack, 'Alarms', { cluster, rules: [AlertRule.cpuUtilization()], backends });
  const warnings = warningsOf(app, stack);
  expect(warnings).toHaveLength(expected);
  for (const warning of warnings) {
    expect(warning).toMatch(/^a Metrics Insights query returns 500 series, and this app has 501 services on the cluster/);
  }
});

test('alarms of services, and monitors, have no such limits', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cluster = newCluster(stack);
  for (let index = 0; index < 501; index++) {
    new ecs.CfnService(new Stack(app, `Stack${index}`), 'Service', { cluster: 'prod', taskDefinition: 'app' });
  }
  const service = ecs.FargateService.fromFargateServiceArn(stack, 'Web', 'arn:aws:ecs:eu-west-1:111111111111:service/prod/web');
  new EcsAlarms(stack, 'Alarms', { cluster, services: [service], rules: [AlertRule.cpuUtilization()], backends });
  expect(warningsOf(app, stack)).toEqual([]);
});
