// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LeastGrantEcsSecret } from '../../lib/private/ecs-secret';

test('a container refers to it by its ARN and grants the execution role what it says, nothing else', () => {
  const stack = new Stack(new App(), 'S');
  const granted: iam.IGrantable[] = [];
  const secret = new LeastGrantEcsSecret('arn:some:secret', false, (grantee) => {
    granted.push(grantee);
    return iam.Grant.drop(grantee, '');
  });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app'), secrets: { DD_API_KEY: secret } });

  expect(granted).toEqual([taskDefinition.executionRole]);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [{ Secrets: [{ Name: 'DD_API_KEY', ValueFrom: 'arn:some:secret' }] }],
  });
  template.resourceCountIs('AWS::IAM::Policy', 0);
});
