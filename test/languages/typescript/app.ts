// SPDX-License-Identifier: Apache-2.0
// The packed library in somebody else's app: nothing here is resolved from the repository.
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecsPatterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AgentDaemonService, AgentFeature, AlertBackend, AlertRule, Autodiscovery, DatadogAccount, DatadogAwsIntegration, DatadogSecret, DatadogSite,
  EcsAlarms, FargateAgentSidecar, LogForwarder, MonitoredCluster,
} from 'cdk-ecs-datadog';

const app = new App();
const stack = new Stack(app, 'Consumer');
const vpc = new ec2.Vpc(stack, 'Vpc');
const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/redis:7');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'datadog');
const datadog = new DatadogAccount({ site: DatadogSite.EU1, apiKey: DatadogSecret.fromSecretsManager(secret, 'api-key') });

// One line for a whole cluster.
const monitored = new MonitoredCluster(stack, 'Production', { datadog, env: 'prod', vpc });
const web = new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster: monitored.cluster, taskImageOptions: { image } });
monitored.configure(web.service, { service: 'checkout', version: '1.4.2' });

// The parts on their own.
const cluster = new ecs.Cluster(stack, 'Cluster', {
  vpc,
  containerInsightsV2: ecs.ContainerInsights.ENHANCED,
  capacity: { instanceType: new ec2.InstanceType('t3.small') },
});
const agent = new AgentDaemonService(stack, 'DaemonAgent', { cluster, datadog, env: 'prod', features: [AgentFeature.processes()] });
const ec2Task = new ecs.Ec2TaskDefinition(stack, 'Ec2Task');
ec2Task.addContainer('api', { image, memoryLimitMiB: 128 });
agent.instrument(ec2Task, { service: 'api', version: '7' });

const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
const redis = taskDefinition.addContainer('redis', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'redis' }) });
Autodiscovery.of(redis).addCheck('redisdb', { instances: [{ host: '%%host%%', port: '6379' }] });
new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog, env: 'prod', service: 'redis', version: '7' });

const forwarder = new LogForwarder(stack, 'Forwarder', { datadog, env: 'prod', tags: { team: 'shop' } });
forwarder.addTaskDefinition(taskDefinition);
new EcsAlarms(stack, 'Alarms', {
  cluster,
  rules: AlertRule.recommended().concat(AlertRule.logErrors({ moreThan: 500, within: Duration.minutes(5) })),
  backends: [AlertBackend.cloudWatch({ topics: [new sns.Topic(stack, 'OnCall')] })],
});
new DatadogAwsIntegration(stack, 'Integration', { datadog, externalId: '0123456789abcdef' });

const { template } = app.synth().getStackByName('Consumer');
const resources: { Type: string; Properties?: { ContainerDefinitions?: object[] } }[] = Object.values(template.Resources);
const types = new Set(resources.map(({ Type }) => Type));
for (const type of ['AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::Lambda::Function', 'AWS::Logs::SubscriptionFilter', 'AWS::CloudWatch::Alarm']) {
  if (!types.has(type)) {
    throw new Error(`expected a resource of type ${type}, got: ${[...types].sort().join(', ')}`);
  }
}
const agents = JSON.stringify(resources.flatMap(({ Properties }) => Properties?.ContainerDefinitions ?? [])).match(/datadog\/agent:/g) ?? [];
if (agents.length !== 3) {
  throw new Error(`expected an Agent beside the web service, one beside redis and one as a daemon, got: ${agents.length}`);
}
console.log(`synthesized ${resources.length} resources with ${agents.length} Agents`);
