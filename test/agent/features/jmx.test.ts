// SPDX-License-Identifier: Apache-2.0
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentFeature, AgentPlatform, FargateAgentSidecar } from '../../../lib/agent';
import { IMAGE_VERSIONS } from '../../../lib/private/image-versions';
import { IMAGE, account, fargateTask, inStack, renderedContainer } from '../fixture';
import { planOn } from '../plan-fixture';

test.each([
  [AgentPlatform.EC2_DAEMON, '-jmx'],
  [AgentPlatform.EXTERNAL_DAEMON, '-jmx'],
  [AgentPlatform.MANAGED_DAEMON, '-jmx'],
  [AgentPlatform.MANAGED_SIDECAR, '-jmx'],
  [AgentPlatform.FARGATE_SIDECAR, '-jmx'],
  [AgentPlatform.EC2_WINDOWS_DAEMON, '-servercore-jmx'],
  [AgentPlatform.FARGATE_WINDOWS_SIDECAR, '-servercore-jmx'],
])('a %s takes the image with Java, and room for its heap; nothing else changes', (platform, suffix) => {
  const plain = planOn(platform);
  const withJava = planOn(platform, AgentFeature.jmx());
  expect(withJava).toEqual({ ...plain, imageTag: `${IMAGE_VERSIONS.agent}${suffix}`, memoryLimitMiB: 512, features: ['jmx'] });
});

test('is rendered so beside an application', () => {
  const stack = inStack();
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition: fargateTask(stack), datadog: account(stack), features: [AgentFeature.jmx()] });
  const agent = renderedContainer(stack, 'datadog-agent');
  expect(agent.Image).toMatch(/\/agent:7\.[0-9.]+-jmx$/);
  expect(agent.Memory).toBe(512);
});

test("the user's own size and image win", () => {
  const stack = inStack();
  const props = { taskDefinition: fargateTask(stack), datadog: account(stack), features: [AgentFeature.jmx()] };
  new FargateAgentSidecar(stack, 'Sidecar', { ...props, memoryLimitMiB: 300, image: IMAGE });
  expect(renderedContainer(stack, 'datadog-agent')).toMatchObject({ Image: 'registry.example/app:1', Memory: 300 });
  Template.fromStack(stack).resourceCountIs(ecs.CfnTaskDefinition.CFN_RESOURCE_TYPE_NAME, 1);
});
