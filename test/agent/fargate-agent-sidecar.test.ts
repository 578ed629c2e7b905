// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { IMAGE, KEY_ARN, account, environmentOf, fargateTask, inStack, renderedContainer, renderedTask, warningIds } from './fixture';
import { AgentFeature, AgentTransport, FargateAgentSidecar, FargateAgentSidecarProps } from '../../lib/agent';

const AGENT = 'datadog-agent';
const APP = {
  DD_ENV: 'prod',
  DD_SERVICE: 'web',
  DD_VERSION: '1',
  DD_TRACE_AGENT_URL: 'unix:///var/run/datadog/apm.socket',
  DD_DOGSTATSD_URL: 'unix:///var/run/datadog/dsd.socket',
};

function withSidecar(props: Partial<FargateAgentSidecarProps> = {}, taskProps: ecs.FargateTaskDefinitionProps = {}) {
  const stack = inStack();
  const taskDefinition = fargateTask(stack, 'Task', taskProps);
  const sidecar = new FargateAgentSidecar(stack, 'Sidecar', {
    taskDefinition, datadog: account(stack), env: 'prod', service: 'web', version: '1', ...props,
  });
  return { stack, taskDefinition, sidecar };
}

describe('the Agent beside an application', () => {
  test('is not essential, holds 256 MiB, is checked, of fixed version, and knows that it is on Fargate', () => {
    const { stack } = withSidecar();
    const agent = renderedContainer(stack, AGENT);
    expect(agent).toMatchObject({
      Essential: false,
      Memory: 256,
      Image: expect.stringMatching(/^public\.ecr\.aws\/datadog\/agent:7\.\d+\.\d+$/),
      HealthCheck: { Command: ['CMD-SHELL', 'agent health'], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 60 },
      Secrets: [{ Name: 'DD_API_KEY', ValueFrom: KEY_ARN }],
    });
    // A reservation could exceed what the task's other containers left.
    expect(agent.Cpu).toBeUndefined();
    expect(environmentOf(agent)).toMatchObject({ ECS_FARGATE: 'true', DD_SITE: 'datadoghq.com' });
    for (const name of ['DD_ENV', 'DD_SERVICE', 'DD_VERSION', 'DD_API_KEY', 'DD_HOSTNAME']) {
      expect(environmentOf(agent)).not.toHaveProperty(name);
    }
  });

  test('shares its sockets with the application through a volume of the task, without ports', () => {
    const { stack } = withSidecar();
    expect(renderedTask(stack).Volumes).toEqual([{ Name: 'dd-sockets' }]);
    expect(renderedContainer(stack, AGENT).MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: false }]);
    expect(renderedContainer(stack, 'app').MountPoints).toEqual([{ SourceVolume: 'dd-sockets', ContainerPath: '/var/run/datadog', ReadOnly: true }]);
    expect(renderedContainer(stack, AGENT).PortMappings).toBeUndefined();
  });

  test('tags the application in both forms', () => {
    const { stack } = withSidecar();
    const app = renderedContainer(stack, 'app');
    expect(environmentOf(app)).toEqual(APP);
    expect(app.DockerLabels).toEqual({
      'com.datadoghq.tags.env': 'prod', 'com.datadoghq.tags.service': 'web', 'com.datadoghq.tags.version': '1',
    });
    expect(warningIds(stack)).toEqual([]);
  });

  test('is reached over the network by option, at the address that the containers share', () => {
    const features = [AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.dogStatsD({ transport: AgentTransport.NETWORK })];
    const { stack } = withSidecar({ features });
    expect(renderedContainer(stack, AGENT).PortMappings).toEqual([
      { ContainerPort: 8126, Protocol: 'tcp' }, { ContainerPort: 8125, Protocol: 'udp' },
    ]);
    expect(environmentOf(renderedContainer(stack, 'app'))).toEqual({ DD_ENV: 'prod', DD_SERVICE: 'web', DD_VERSION: '1', DD_AGENT_HOST: '127.0.0.1' });
    expect(renderedTask(stack).Volumes).toBeUndefined();
  });

  test('takes what the user says instead', () => {
    const { stack, sidecar } = withSidecar({
      cpu: 32,
      memoryLimitMiB: 512,
      essential: true,
      tags: { team: 'shop', tier: '1' },
      environment: { DD_LOG_LEVEL: 'debug' },
      image: ecs.ContainerImage.fromRegistry('mirror.example/agent:7'),
      healthCheck: { command: ['CMD-SHELL', '/probe.sh'] },
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'own' }),
    });
    expect(sidecar.container.containerName).toBe(AGENT);
    const agent = renderedContainer(stack, AGENT);
    expect(agent).toMatchObject({
      Cpu: 32,
      Memory: 512,
      Essential: true,
      Image: 'mirror.example/agent:7',
      HealthCheck: { Command: ['CMD-SHELL', '/probe.sh'] },
      LogConfiguration: { Options: { 'awslogs-stream-prefix': 'own' } },
    });
    expect(environmentOf(agent)).toMatchObject({ DD_LOG_LEVEL: 'debug', DD_TAGS: 'team:shop tier:1' });
    expect(environmentOf(renderedContainer(stack, 'app')).DD_TAGS).toBe('team:shop,tier:1');
  });
});

describe('live processes', () => {
  const processes = { features: [AgentFeature.processes()] };

  test('share the process namespace of the task', () => {
    expect(renderedTask(withSidecar(processes).stack).PidMode).toBe('task');
    expect(renderedTask(withSidecar().stack).PidMode).toBeUndefined();
  });

  test("leave the user's own setting, with a warning where it differs", () => {
    const same = withSidecar(processes, { pidMode: ecs.PidMode.TASK, runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.LINUX } });
    expect(warningIds(same.stack)).toEqual([]);
    const { stack, taskDefinition } = withSidecar({ features: [] });
    const other = fargateTask(stack, 'Other');
    (other.node.defaultChild as ecs.CfnTaskDefinition).pidMode = 'host';
    new FargateAgentSidecar(stack, 'OtherSidecar', { taskDefinition: other, datadog: account(stack), ...processes });
    expect((other.node.defaultChild as ecs.CfnTaskDefinition).pidMode).toBe('host');
    expect((taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).pidMode).toBeUndefined();
    expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:pidModeKept']);
  });
});

describe('containers are watched whenever and wherever they are added', () => {
  test('after the sidecar', () => {
    const { stack, taskDefinition } = withSidecar();
    taskDefinition.addContainer('late', { image: IMAGE });
    expect(environmentOf(renderedContainer(stack, 'late'))).toEqual(APP);
    expect(renderedContainer(stack, 'late').MountPoints).toHaveLength(1);
  });

  test.each(['before', 'after'])("in another construct's scope, %s the sidecar", (when) => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    const build = () => new ecs.ContainerDefinition(new Construct(stack, 'Elsewhere'), 'C', { taskDefinition, containerName: 'far', image: IMAGE });
    if (when === 'before') {
      build();
    }
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), env: 'prod', service: 'web', version: '1' });
    if (when === 'after') {
      build();
    }
    expect(environmentOf(renderedContainer(stack, 'far'))).toEqual(APP);
  });

  test("not so the Agent's own and a log router, which are part of the watching", () => {
    const { stack, taskDefinition } = withSidecar();
    taskDefinition.addFirelensLogRouter('router', {
      image: ecs.ContainerImage.fromRegistry('fluent:1'), firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT },
    });
    expect(environmentOf(renderedContainer(stack, 'router'))).not.toHaveProperty('DD_SERVICE');
    expect(renderedContainer(stack, 'router').MountPoints ?? []).toEqual([]);
  });

  test('in a task definition that had none when the sidecar came: the application becomes the default container', () => {
    const stack = inStack();
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    const app = taskDefinition.addContainer('app', { image: IMAGE, portMappings: [{ containerPort: 80 }] });
    expect(taskDefinition.defaultContainer).toBe(app);
    expect(environmentOf(renderedContainer(stack, 'app'))).toHaveProperty('DD_TRACE_AGENT_URL');
  });
});

describe('what cannot hold a sidecar is refused before anything is added', () => {
  function refuse(taskDefinition: ecs.TaskDefinition, message: string | RegExp, props: Partial<FargateAgentSidecarProps> = {}) {
    const stack = Stack.of(taskDefinition);
    const before = taskDefinition.node.findAll().length;
    expect(() => new FargateAgentSidecar(stack, 'Refused', { taskDefinition, datadog: account(stack), ...props })).toThrow(message);
    expect(stack.node.tryFindChild('Refused')).toBeUndefined();
    expect(taskDefinition.node.findAll()).toHaveLength(before);
  }

  test('a task definition for EC2 only', () => {
    refuse(new ecs.Ec2TaskDefinition(inStack(), 'Task'),
      "'taskDefinition' must be compatible with Fargate, or with Managed Instances in network mode awsvpc and not with EC2, got: 'S/Task', which is not; "
      + 'on instances use AgentDaemonService or AgentManagedDaemon, and instrument()');
  });

  test('one that has ten containers, at once or when the eleventh comes', () => {
    const stack = inStack();
    const taskDefinition = fargateTask(stack);
    Array.from({ length: 8 }, (_, i) => taskDefinition.addContainer(`c${i}`, { image: IMAGE }));
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) });
    taskDefinition.addContainer('eleventh', { image: IMAGE });
    expect(() => Template.fromStack(stack)).toThrow("a task has at most 10 containers, and this one 10 without the Agent's datadog-agent");
    const other = fargateTask(inStack());
    Array.from({ length: 9 }, (_, i) => other.addContainer(`c${i}`, { image: IMAGE }));
    refuse(other, "'taskDefinition' must have room for the Agent, got: 'S/Task'; a task has at most 10 containers");
  });

  test('a task with a sidecar, or with an Agent of the user', () => {
    const { taskDefinition, stack } = withSidecar();
    refuse(taskDefinition, "'taskDefinition' must have no container 'datadog-agent' yet, got: 'S/Task', which has one");
    const other = fargateTask(stack, 'Other');
    other.addContainer(AGENT, { image: IMAGE });
    refuse(other, "must have no container 'datadog-agent' yet");
  });

  test('a tag that is none, and a feature that does not work there', () => {
    const stack = inStack();
    refuse(fargateTask(stack), "'service' must start with a letter", { service: '-' });
    refuse(fargateTask(stack, 'Other'), "'features' of a Fargate sidecar must not hold 'logs'", { features: [AgentFeature.logCollection()] });
  });
});
