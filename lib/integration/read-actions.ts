// SPDX-License-Identifier: Apache-2.0

/**
 * What Datadog reads of an account that runs ECS.
 *
 * The core set is what Datadog's own template grants at its least (`BasePermissions: Core`): metrics, hosts and tags.
 * The four actions on ECS are those that the guide asks for to collect ECS metrics.
 *
 * @see https://github.com/DataDog/cloudformation-template/blob/master/aws/datadog_integration_role.yaml
 * @see https://docs.datadoghq.com/integrations/amazon_ecs/#setup
 */
export const ECS_READ_ACTIONS = [
  'cloudwatch:Get*',
  'cloudwatch:List*',
  'ec2:Describe*',
  'tag:GetResources',
  'tag:GetTagKeys',
  'tag:GetTagValues',
  'ecs:DescribeContainerInstances',
  'ecs:ListClusters',
  'ecs:ListContainerInstances',
  'ecs:ListServices',
];
