// SPDX-License-Identifier: Apache-2.0
import { Stack, StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { datadogAccount } from './datadog-account';
import { importVpc } from './platform';
import { ServiceOnInstances } from './service-on-instances';
import { AgentFeature, AgentManagedDaemon, FargateAgentSidecar } from 'cdk-ecs-datadog';

/** ECS Managed Instances with the Agent in both of its forms: as a daemon on the instances of one service, and beside another. */
export class ManagedInstancesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: importVpc(this), containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    const datadog = datadogAccount(this);

    // One Agent an instance, which starts before the tasks there do. The usual choice.
    const api = new ServiceOnInstances(this, 'Api', { cluster, image: 'public.ecr.aws/nginx/nginx:1.29.3' });
    const agent = new AgentManagedDaemon(this, 'Agent', {
      cluster,
      capacityProviders: [api.capacityProvider],
      datadog,
      env: 'prod',
      features: [AgentFeature.processes()],
    });
    agent.instrument(api.taskDefinition, { service: 'api', version: '7.1.0' });

    // One Agent a task, where a change of the Agent must not replace instances.
    const batch = new ServiceOnInstances(this, 'Batch', { cluster, image: 'public.ecr.aws/docker/library/redis:7.4.2' });
    new FargateAgentSidecar(this, 'Sidecar', { taskDefinition: batch.taskDefinition, datadog, env: 'prod', service: 'batch', version: '2.0.0' });
  }
}
