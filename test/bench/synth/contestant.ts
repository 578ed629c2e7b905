// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* One app in a process of its own; prints what it cost as JSON. Arguments: who, how many services, `awslogs` or `none`. Runs where its packages are installed. */
const [who, services, logging] = process.argv.slice(2);

const beforeCdk = performance.now();
// Not by import statements, since loading is measured: the CDK's first, which everybody needs.
const load = createRequire(__filename);
const cdk: typeof import('aws-cdk-lib') = load('aws-cdk-lib');
const ec2: typeof import('aws-cdk-lib/aws-ec2') = load('aws-cdk-lib/aws-ec2');
const ecs: typeof import('aws-cdk-lib/aws-ecs') = load('aws-cdk-lib/aws-ecs');
const secretsmanager: typeof import('aws-cdk-lib/aws-secretsmanager') = load('aws-cdk-lib/aws-secretsmanager');
for (const module of ['aws-cloudwatch', 'aws-iam', 'aws-kms', 'aws-lambda', 'aws-logs', 'aws-s3', 'aws-sns', 'aws-sqs', 'aws-ssm']) {
  load(`aws-cdk-lib/${module}`);
}
const cdkMilliseconds = performance.now() - beforeCdk;

type Library = typeof import('../../../lib');
type MakeTask = (scope: import('aws-cdk-lib').Stack, index: number) => import('aws-cdk-lib/aws-ecs').FargateTaskDefinition;
const SIZE = { cpu: 256, memoryLimitMiB: 1024 };

const beforeLibrary = performance.now();
const makers: { [name: string]: () => (stack: import('aws-cdk-lib').Stack) => MakeTask } = {
  plain: () => () => (scope, i) => withApp(new ecs.FargateTaskDefinition(scope, `Task${i}`, SIZE), i),
  ours: () => {
    const { DatadogAccount, DatadogSecret, FargateAgentSidecar }: Library = load('cdk-ecs-datadog');
    return (stack) => {
      const datadog = new DatadogAccount({ apiKey: DatadogSecret.fromSecretsManager(key(stack)) });
      return (scope, i) => {
        const taskDefinition = withApp(new ecs.FargateTaskDefinition(scope, `Task${i}`, SIZE), i);
        new FargateAgentSidecar(scope, `Sidecar${i}`, { taskDefinition, datadog, env: 'prod', service: `service-${i}`, version: '1' });
        return taskDefinition;
      };
    };
  },
  peer: () => {
    const { DatadogECSFargate } = load('datadog-cdk-constructs-v2');
    return (stack) => {
      const datadog = new DatadogECSFargate({ apiKeySecret: key(stack), env: 'prod', version: '1' });
      return (scope, i) => withApp(datadog.fargateTaskDefinition(scope, `Task${i}`, SIZE, { service: `service-${i}` }), i);
    };
  },
};
const maker = makers[who]();
const libraryMilliseconds = performance.now() - beforeLibrary;

function key(stack: import('aws-cdk-lib').Stack): import('aws-cdk-lib/aws-secretsmanager').ISecret {
  return secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog-AbCdEf');
}

function withApp(taskDefinition: import('aws-cdk-lib/aws-ecs').FargateTaskDefinition, index: number): import('aws-cdk-lib/aws-ecs').FargateTaskDefinition {
  taskDefinition.addContainer('app', {
    image: ecs.ContainerImage.fromRegistry('registry.example/app:1'),
    environment: { PORT: '8080', NAME: `service-${index}` },
    portMappings: [{ containerPort: 8080 }],
    logging: logging === 'awslogs' ? ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) : undefined,
  });
  return taskDefinition;
}

function main(): void {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-bench-out-'));
  const start = process.cpuUsage();
  // CloudFormation allows 500 resources a stack; only their number matters here.
  const app = new cdk.App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new cdk.Stack(app, 'Bench');
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
  const makeTask = maker(stack);
  for (let i = 0; i < Number(services); i++) {
    new ecs.FargateService(stack, `Service${i}`, { cluster, taskDefinition: makeTask(stack, i), minHealthyPercent: 50 });
  }
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const template = readdirSync(outdir).find((name) => name.endsWith('.template.json'))!;
  const resources = JSON.parse(readFileSync(join(outdir, template), 'utf-8')).Resources;
  const templateBytes = statSync(join(outdir, template)).size;
  rmSync(outdir, { recursive: true });
  process.stdout.write(JSON.stringify({
    milliseconds: (user + system) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    resources: Object.keys(resources).length,
    templateBytes,
    cdkMilliseconds,
    libraryMilliseconds,
  }));
}

main();
