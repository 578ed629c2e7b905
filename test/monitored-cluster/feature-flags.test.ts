// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { addInstances, awslogs, clusterIn, ec2Service, ec2Task, fargateService, newApp, tasksOf, warnings } from './fixture';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';
import { MonitoredCluster } from '../../lib/monitored-cluster';

const ALL_ON: { [flag: string]: unknown } = { ...recommendedFlags };
delete ALL_ON.default;
// It prints every warning as a report, and changes no template.
delete ALL_ON['@aws-cdk/core:annotationsInValidationReport'];

function build(context: { [flag: string]: unknown }): { readonly platform: Stack; readonly team: Stack } {
  const app = newApp(context);
  const [platform, team] = ['Platform', 'Team'].map((id) => new Stack(app, id));
  const secret = new secretsmanager.Secret(platform, 'Secret', { encryptionKey: new kms.Key(platform, 'SecretKey') });
  const cluster = clusterIn(platform);
  addInstances(cluster);
  new MonitoredCluster(platform, 'Monitored', { datadog: new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(secret) }), cluster, env: 'prod' });
  fargateService(team, 'Web', cluster);
  ec2Service(team, 'Billing', cluster, { taskDefinition: ec2Task(team, 'BillingTask', { logging: awslogs() }) });
  return { platform, team };
}

/** What this library adds, without what the CDK names or lists otherwise under its flags. */
function added({ platform, team }: ReturnType<typeof build>) {
  const ofType = (stack: Stack, type: string, isOurs = /./) => Object.entries(Template.fromStack(stack).findResources(type))
    .filter(([id]) => isOurs.test(id)).map(([id, { Properties }]) => [id, Properties]);
  return {
    tasks: tasksOf(team),
    filters: ofType(team, 'AWS::Logs::SubscriptionFilter').map(([id, { FilterName }]) => [id, FilterName]),
    alarms: ofType(platform, 'AWS::CloudWatch::Alarm'),
    daemon: ofType(platform, 'AWS::ECS::TaskDefinition').map(([id, { Family, ...properties }]) => [id, properties]),
    function: ofType(platform, 'AWS::Lambda::Function', /Monitored/).map(([id, { Environment }]) => [id, Environment]),
    own: Object.keys(Template.fromStack(platform).toJSON().Resources).filter((id) => id.startsWith('Monitored')).sort(),
    warnings: [warnings(platform), warnings(team)],
  };
}

test('with all recommended feature flags and with none the same is added', () => {
  expect(Object.keys(ALL_ON).length).toBeGreaterThan(50);
  const [on, none] = [added(build(ALL_ON)), added(build({}))];
  expect(on).toEqual(none);
  expect(on.warnings).toEqual([[], []]);
  expect(on.tasks).toHaveLength(2);
});

test('no flag makes a cycle between the stack of the secret and that of the services', () => {
  for (const context of [ALL_ON, {}]) {
    const { platform, team } = build(context);
    Template.fromStack(platform);
    expect(team.dependencies).toEqual([platform]);
    expect(platform.dependencies).toEqual([]);
  }
});

test('a single flag that changes how the CDK writes services, roles and keys changes nothing of it either', () => {
  const flags = Object.keys(ALL_ON).filter((flag) => /aws-(ecs|iam|kms|lambda|logs|secretsmanager):/.test(flag));
  expect(flags.length).toBeGreaterThan(10);
  const expected = added(build({}));
  for (const flag of flags) {
    expect({ flag, ...added(build({ [flag]: ALL_ON[flag] })) }).toEqual({ flag, ...expected });
  }
});
