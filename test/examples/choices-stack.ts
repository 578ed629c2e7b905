// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { datadogAccount } from '../../examples/parts/datadog-account';
import { DatadogAccount, DatadogBackend, DatadogDowntime, DatadogSidecarExtension, LogForwarder } from '../../lib';

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

  app.synth();
  return app;
}
