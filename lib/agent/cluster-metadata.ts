// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AgentPlatform } from './agent-platform';
import { definitionOf } from './platforms/platforms';

/**
 * What Datadog's pages name for the Agent's task role: three actions on Fargate, more where the Agent watches a host. Each is for as little as AWS lets it be
 * for, which is everything for some: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html.
 *
 * @param cluster where the Agent runs, if that is known
 * @see https://docs.datadoghq.com/integrations/ecs_fargate/ and https://docs.datadoghq.com/containers/amazon_ecs/
 */
export function clusterMetadataPolicy(scope: Construct, platform: AgentPlatform, cluster?: ecs.ICluster): iam.PolicyStatement[] {
  const allow = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
  const within = (resource: string) => Stack.of(scope).formatArn({ service: 'ecs', resource, resourceName: cluster ? `${cluster.clusterName}/*` : '*' });
  const clusters = cluster?.clusterArn ?? Stack.of(scope).formatArn({ service: 'ecs', resource: 'cluster', resourceName: '*' });
  const statements = [
    allow(['ecs:ListClusters'], '*'),
    allow(['ecs:ListContainerInstances'], clusters),
    allow(['ecs:DescribeContainerInstances'], within('container-instance')),
  ];
  if (definitionOf(platform).isDaemon) {
    statements.push(allow(['ecs:ListTasks'], within('container-instance')), allow(['ecs:DescribeTasks'], within('task')));
  }
  if (runsOnEc2(platform)) {
    statements.push(allow(['ec2:DescribeInstances', 'ec2:DescribeTags'], '*'));
  }
  return statements;
}

function runsOnEc2(platform: AgentPlatform): boolean {
  return definitionOf(platform).isDaemon && platform !== AgentPlatform.EXTERNAL_DAEMON;
}
