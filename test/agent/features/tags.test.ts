// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AgentDaemonService, AgentFeature, AgentPlatform } from '../../../lib/agent';
import { account, ec2Cluster, inStack } from '../fixture';
import { ALL_OFF, daemonWith, planOn } from '../plan-fixture';

const { EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON, MANAGED_SIDECAR, FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR } = AgentPlatform;
const DAEMONS = [EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON];
const SIDECARS = [MANAGED_SIDECAR, FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR];

describe('tags of containers', () => {
  test.each(Object.values(AgentPlatform))('come from labels in a %s', (platform) => {
    const { environment } = planOn(platform, AgentFeature.containerTags({ labelsAsTags: { 'com.acme.team': 'team', '*': '%%label%%' } }));
    expect(environment).toEqual({ ...planOn(platform).environment, DD_CONTAINER_LABELS_AS_TAGS: '{"*":"%%label%%","com.acme.team":"team"}' });
  });

  test.each(DAEMONS)('come from variables in a %s', (platform) => {
    const { environment } = planOn(platform, AgentFeature.containerTags({ envAsTags: { REGION: 'region' } }));
    expect(environment).toEqual({ ...planOn(platform).environment, DD_CONTAINER_ENV_AS_TAGS: '{"REGION":"region"}' });
  });

  test.each(SIDECARS)('cannot come from variables in a %s, which does not see them', (platform) => {
    expect(() => planOn(platform, AgentFeature.containerTags({ envAsTags: { A: 'a', B: 'b' } }))).toThrow(
      `'envAsTags' must be empty for a ${platform}, since the task's metadata do not hold the variables of its containers`);
  });

  test.each([{}, { labelsAsTags: {}, envAsTags: {} }])('are asked for, not only mentioned: %j', (options) => {
    expect(() => daemonWith(AgentFeature.containerTags(options))).toThrow("'labelsAsTags' or 'envAsTags' must name something to take tags from, got: nothing");
  });

  test('are the same in any order, so that the same feature twice is one', () => {
    const labels = { a: '1', b: '2' };
    const reversed = { b: '2', a: '1' };
    expect(daemonWith(AgentFeature.containerTags({ labelsAsTags: labels }), AgentFeature.containerTags({ labelsAsTags: reversed })))
      .toEqual(daemonWith(AgentFeature.containerTags({ labelsAsTags: labels })));
  });

  test('may be known at deployment only', () => {
    const stack = new Stack();
    const team = new CfnParameter(stack, 'Team').valueAsString;
    const { environment } = daemonWith(AgentFeature.containerTags({ labelsAsTags: { 'com.acme.team': team } }));
    expect(stack.resolve(environment.DD_CONTAINER_LABELS_AS_TAGS)).toEqual({ 'Fn::Join': ['', ['{"com.acme.team":"', { Ref: 'Team' }, '"}']] });
  });
});

describe('tags of ECS resources', () => {
  const ON = { DD_ECS_COLLECT_RESOURCE_TAGS_EC2: 'true' };

  test.each([EC2_DAEMON, EC2_WINDOWS_DAEMON])('are collected in a %s, with no right of the task role, since the instance asks', (platform) => {
    expect(planOn(platform, AgentFeature.resourceTags())).toEqual({
      ...planOn(platform), environment: { ...ALL_OFF, ...ON }, features: ['resource-tags'],
    });
  });

  test('have their colons replaced by option', () => {
    for (const replaceColons of [true, false]) {
      expect(daemonWith(AgentFeature.resourceTags({ replaceColons })).environment)
        .toEqual({ ...ALL_OFF, ...ON, DD_ECS_RESOURCE_TAGS_REPLACE_COLON: String(replaceColons) });
    }
  });

  test.each([EXTERNAL_DAEMON, MANAGED_DAEMON, ...SIDECARS])('are refused in a %s', (platform) => {
    expect(() => planOn(platform, AgentFeature.resourceTags())).toThrow(`'features' of a ${platform} must not hold 'resource-tags', since the Agent collects the `
      + 'tags of ECS resources on container instances of EC2 only (https://docs.datadoghq.com/containers/amazon_ecs/tags/); use labels with '
      + "AgentFeature.containerTags(), or the property 'tags'");
  });
});

describe('tags of EC2 instances', () => {
  const ON = { DD_COLLECT_EC2_TAGS: 'true' };

  test.each([EC2_DAEMON, EC2_WINDOWS_DAEMON])('are collected in a %s', (platform) => {
    expect(planOn(platform, AgentFeature.ec2Tags())).toMatchObject({ environment: { ...ALL_OFF, ...ON }, application: planOn(platform).application });
  });

  test.each([EXTERNAL_DAEMON, MANAGED_DAEMON, ...SIDECARS])('are refused in a %s', (platform) => {
    expect(() => planOn(platform, AgentFeature.ec2Tags())).toThrow(`'features' of a ${platform} must not hold 'ec2-tags', since `);
  });

  test("need no right where they come from the instance's metadata", () => {
    const plan = daemonWith(AgentFeature.ec2Tags({ instanceMetadata: true }));
    expect(plan.environment).toEqual({ ...ALL_OFF, ...ON, DD_COLLECT_EC2_TAGS_USE_IMDS: 'true' });
    expect(plan.taskRolePolicy).toEqual([]);
  });

  test("let the Agent's role read tags, and nothing else", () => {
    const stack = inStack();
    new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack), features: [AgentFeature.ec2Tags()] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'ec2:DescribeTags', Effect: 'Allow', Resource: '*' }] },
      Roles: [{ Ref: Match.stringLikeRegexp('TaskDefinitionTaskRole') }],
    });
  });

  test('given twice are one', () => {
    expect(daemonWith(AgentFeature.ec2Tags(), AgentFeature.ec2Tags()).taskRolePolicy).toHaveLength(1);
  });
});
