// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { datadogAccount } from '../../examples/parts/datadog-account';
import {
  AgentDaemonService, AgentManagedDaemon, DatadogAccount, DatadogBackend, DatadogDowntime, DatadogSidecarExtension, LogForwarder,
} from '../../lib';

/** What no example chooses, and the library acknowledges other findings for. */
export function synthesizeChoices(): App {
  const app = new App();
  const stack = new Stack(app, 'Choices');
  const datadog = datadogAccount(stack);

  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'],
  });
  new LogForwarder(stack, 'Forwarder', { datadog, vpc, tracing: lambda.Tracing.ACTIVE });

  const withApplicationKey = new DatadogAccount({ apiKey: datadog.apiKey, applicationKey: datadog.apiKey });
  new DatadogDowntime(stack, 'FromVpc', { datadog: withApplicationKey, monitorTags: ['*'], backend: DatadogBackend.customResource({ vpc }) });

  // Without an awslogs group of the application, the Agent's own output needs one.
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app:1') });
  taskDefinition.addExtension(new DatadogSidecarExtension({ datadog }));

  const [cluster, roles] = [clusterWithSessions(new Stack(app, 'Clusters'), vpc), new Stack(app, 'Roles')];
  addOpenDaemons(Stack.of(cluster), cluster, roles);
  // There everything that the policies name is of another stack.
  addOpenDaemons(new Stack(app, 'Later'), cluster, roles);

  app.synth();
  return app;
}

/** A cluster that writes its sessions down. */
function clusterWithSessions(stack: Stack, vpc: ec2.IVpc): ecs.Cluster {
  const logConfiguration = { cloudWatchLogGroup: new logs.LogGroup(stack, 'Sessions'), s3Bucket: new s3.Bucket(stack, 'Bucket'), s3EncryptionEnabled: true };
  return new ecs.Cluster(stack, 'Cluster', { vpc, executeCommandConfiguration: { logging: ecs.ExecuteCommandLogging.OVERRIDE, logConfiguration } });
}

/** Daemons that read their cluster, and that people may open sessions in: with roles of their own, and with those of another stack. */
function addOpenDaemons(stack: Stack, cluster: ecs.Cluster, roles: Stack): void {
  const scope = new Construct(stack, 'Open');
  const options = { cluster, datadog: datadogAccount(scope), clusterMetadataAccess: true, enableExecuteCommand: true };
  const role = (id: string) => new iam.Role(roles, `${stack.node.id}${id}`, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const foreign = (id: string) => ({ executionRole: role(`${id}Execution`), taskRole: role(`${id}Task`) });
  const provider = (id: string) => {
    const securityGroups = [new ec2.SecurityGroup(scope, `${id}Group`, { vpc: cluster.vpc })];
    const capacityProvider = new ecs.ManagedInstancesCapacityProvider(scope, id, { subnets: cluster.vpc.privateSubnets, securityGroups });
    cluster.addManagedInstancesCapacityProvider(capacityProvider);
    return capacityProvider;
  };
  new AgentDaemonService(scope, 'Daemon', { ...options, ec2Capacity: true });
  new AgentDaemonService(scope, 'OtherDaemon', { ...options, ec2Capacity: true, ...foreign('Daemon') });
  new AgentManagedDaemon(scope, 'Managed', { ...options, capacityProviders: [provider('Provider')] });
  new AgentManagedDaemon(scope, 'OtherManaged', { ...options, capacityProviders: [provider('OtherProvider')], ...foreign('Managed') });
}
