// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { account, inStack, warningIds } from './fixture';
import { AgentDaemonService, AgentDaemonServiceProps } from '../../lib/agent';

const WARNING = 'cdk-ecs-datadog:metadataHopLimit';
const instanceType = new ec2.InstanceType('m7i.large');
const AL2 = ecs.EcsOptimizedImage.amazonLinux2();
const AL2023 = ecs.EcsOptimizedImage.amazonLinux2023();
const OWN_IMAGE = ec2.MachineImage.fromSsmParameter('/images/ours');

/** A cluster with a launch template of the given properties behind a capacity provider. */
function onCluster(template: (stack: Stack) => Partial<ec2.LaunchTemplateProps>, daemonProps: Partial<AgentDaemonServiceProps> = {}, mixed = false) {
  const stack = inStack();
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack), ...daemonProps });
  // Declared after the daemon, which must not matter.
  const launchTemplate = new ec2.LaunchTemplate(stack, 'Template', {
    instanceType,
    machineImage: AL2023,
    userData: ec2.UserData.forLinux(),
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    securityGroup: new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc }),
    ...template(stack),
  });
  const launch = mixed ? { mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides: [{ instanceType }] } } : { launchTemplate };
  const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, ...launch });
  cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
  return stack;
}

const hopWarnings = (stack: Stack) => warningIds(stack).filter((id) => id === WARNING);

describe('instances whose metadata containers cannot read are warned of', () => {
  test.each<[string, Partial<ec2.LaunchTemplateProps>]>([
    ['one hop, and tokens required', { requireImdsv2: true, httpPutResponseHopLimit: 1 }],
    ['one hop, and tokens as the image says', { httpPutResponseHopLimit: 1 }],
    ['tokens required by Amazon Linux 2, whose default is one hop', { requireImdsv2: true, machineImage: AL2 }],
    ['tokens required by an image that nobody knows', { requireImdsv2: true, machineImage: OWN_IMAGE }],
  ])('%s', (_name, props) => {
    const stack = onCluster(() => props);
    expect(hopWarnings(stack)).toEqual([WARNING]);
    Annotations.fromStack(stack).hasWarning('/S/Group', Match.stringLikeRegexp(
      "httpPutResponseHopLimit of the launch template to 2, or networkMode of 'S/Daemon' to ecs.NetworkMode.HOST"));
  });

  test('a group of mixed instances too', () => {
    expect(hopWarnings(onCluster(() => ({ httpPutResponseHopLimit: 1 }), {}, true))).toEqual([WARNING]);
    expect(hopWarnings(onCluster(() => ({ httpPutResponseHopLimit: 2 }), {}, true))).toEqual([]);
  });

  test.each([
    ['launch configuration', {}], ['launch template', { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true }],
  ])('a group with a %s of its own, whose tokens an Aspect requires', (_name, context) => {
    const stack = inStack(context);
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack) });
    const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage: AL2, requireImdsv2: true });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup }));
    expect(hopWarnings(stack)).toEqual([WARNING]);
  });

  test('a group of addCapacity', () => {
    const stack = inStack();
    const cluster = new ecs.Cluster(stack, 'Cluster');
    new AgentDaemonService(stack, 'Daemon', { cluster, datadog: account(stack) });
    const group = cluster.addCapacity('Capacity', { instanceType });
    (group.node.findChild('LaunchConfig') as autoscaling.CfnLaunchConfiguration).metadataOptions = { httpPutResponseHopLimit: 1 };
    expect(hopWarnings(stack)).toEqual([WARNING]);
  });
});

describe('nothing is said', () => {
  test.each<[string, Partial<ec2.LaunchTemplateProps>]>([
    ['two hops are allowed', { requireImdsv2: true, httpPutResponseHopLimit: 2 }],
    ['no token is required, since hops count for tokens only', { httpTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL, httpPutResponseHopLimit: 1 }],
    ['nothing is said of metadata', {}],
    ['tokens are required by Amazon Linux 2023, whose default is two hops', { requireImdsv2: true }],
  ])('where %s', (_name, props) => {
    expect(hopWarnings(onCluster(() => props))).toEqual([]);
  });

  test('where the limit is known at deployment only', () => {
    expect(hopWarnings(onCluster((stack) => ({ httpPutResponseHopLimit: new CfnParameter(stack, 'Hops', { type: 'Number' }).valueAsNumber })))).toEqual([]);
    expect(Token.isUnresolved(new CfnParameter(inStack(), 'Hops', { type: 'Number' }).valueAsNumber)).toBe(true);
  });

  test("to an Agent in the host's network", () => {
    expect(hopWarnings(onCluster(() => ({ httpPutResponseHopLimit: 1 }), { networkMode: ecs.NetworkMode.HOST }))).toEqual([]);
  });

  test('to an Agent for instances of another operating system', () => {
    expect(hopWarnings(onCluster(() => ({ httpPutResponseHopLimit: 1 }), { operatingSystem: ec2.OperatingSystemType.WINDOWS }))).toEqual([]);
  });

  test('to an Agent on another cluster, or on one that was imported', () => {
    const stack = onCluster(() => ({ httpPutResponseHopLimit: 1 }), { networkMode: ecs.NetworkMode.HOST });
    const other = new ecs.Cluster(stack, 'Other', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
    new AgentDaemonService(stack, 'Second', { cluster: other, datadog: account(stack), ec2Capacity: true });
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const imported = ecs.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'shared', vpc, securityGroups: [] });
    new AgentDaemonService(stack, 'Third', { cluster: imported, datadog: account(stack) });
    expect(hopWarnings(stack)).toEqual([]);
  });
});
