// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AgentDaemonService, AgentFeature, ContainerOptions, FargateAgentSidecar, FargateAgentSidecarProps, TracerLibrary } from '../../../lib/agent';
import { IMAGE, account, ec2Cluster, environmentOf, inStack, renderedContainer, renderedTask, resourceCounts, warningIds } from '../fixture';

const MOUNT = { SourceVolume: 'datadog-tracer', ContainerPath: '/datadog-lib', ReadOnly: false };
const WAITS = { ContainerName: 'datadog-tracer', Condition: 'SUCCESS' };
const NODE = '--require /datadog-lib/node_modules/dd-trace/init.js';
const AWSLOGS = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });

/** What a user has in the application's container. */
type App = (stack: Stack) => Partial<ecs.ContainerDefinitionOptions>;

function sidecar(tracer: TracerLibrary | undefined, app: App = () => ({}), props: Partial<FargateAgentSidecarProps> = {},
  taskProps: ecs.FargateTaskDefinitionProps = {}) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, ...taskProps });
  const container = taskDefinition.addContainer('app', { image: IMAGE, logging: AWSLOGS, ...app(stack) });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), containers: { app: { tracer } }, ...props });
  return { stack, taskDefinition, container };
}

function errorsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findError('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

describe.each<[string, TracerLibrary, RegExp, { [name: string]: string }]>([
  ['Java', TracerLibrary.java(), /^public\.ecr\.aws\/datadog\/dd-lib-java-init:v1\.\d+\.\d+$/, {
    JAVA_TOOL_OPTIONS: '-javaagent:/datadog-lib/dd-java-agent.jar -XX:+IgnoreUnrecognizedVMOptions',
  }],
  ['Node.js', TracerLibrary.nodejs(), /\/dd-lib-js-init:v6\.\d+\.\d+$/, { NODE_OPTIONS: NODE }],
  ['Python', TracerLibrary.python(), /\/dd-lib-python-init:v4\.\d+\.\d+$/, { PYTHONPATH: '/datadog-lib' }],
  ['Ruby', TracerLibrary.ruby(), /\/dd-lib-ruby-init:v2\.\d+\.\d+$/, { RUBYOPT: '-r/datadog-lib/auto_inject' }],
  ['.NET', TracerLibrary.dotnet(), /\/dd-lib-dotnet-init:v3\.\d+\.\d+$/, {
    CORECLR_ENABLE_PROFILING: '1',
    CORECLR_PROFILER: '{846F5F1C-F9AE-4B07-969E-05C26BC060D8}',
    CORECLR_PROFILER_PATH: '/datadog-lib/Datadog.Trace.ClrProfiler.Native.so',
    DD_DOTNET_TRACER_HOME: '/datadog-lib',
    LD_PRELOAD: '/datadog-lib/continuousprofiler/Datadog.Linux.ApiWrapper.x64.so',
  }],
  ['PHP', TracerLibrary.php(), /\/dd-lib-php-init:v1\.\d+\.\d+$/, {
    PHP_INI_SCAN_DIR: ':/datadog-lib/linux-gnu/loader', DD_LOADER_PACKAGE_PATH: '/datadog-lib',
  }],
  ['PHP on musl', TracerLibrary.phpOnMusl(), /\/dd-lib-php-init:v1\.\d+\.\d+$/, {
    PHP_INI_SCAN_DIR: ':/datadog-lib/linux-musl/loader', DD_LOADER_PACKAGE_PATH: '/datadog-lib',
  }],
])('%s', (_language, tracer, image, variables) => {
  test('is copied before the application starts, and loaded by its runtime', () => {
    const { stack } = sidecar(tracer);
    const app = renderedContainer(stack, 'app');
    const plain = renderedContainer(sidecar(undefined).stack, 'app');
    expect(environmentOf(app)).toEqual({ ...environmentOf(plain), ...variables });
    expect(app).toMatchObject({ DependsOn: [WAITS], MountPoints: [...plain.MountPoints, MOUNT] });
    expect(renderedTask(stack).Volumes).toContainEqual({ Name: 'datadog-tracer' });
    const copier = renderedContainer(stack, 'datadog-tracer');
    expect(copier).toMatchObject({
      Image: expect.stringMatching(image),
      Essential: false,
      User: '0',
      Memory: 128,
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      EntryPoint: ['/datadog-init/copy-lib.sh'],
      Command: ['/datadog-lib'],
      MountPoints: [MOUNT],
      LogConfiguration: { LogDriver: 'awslogs' },
    });
    // Part of the watching, which is not watched itself.
    expect(copier.Environment).toBeUndefined();
    expect(copier.DockerLabels).toBeUndefined();
    expect(warningIds(stack)).toEqual([]);
    expect(errorsOf(stack)).toEqual([]);
  });
});

describe('the version', () => {
  test.each([['5.132.0', 'v5.132.0'], ['v5.132.0', 'v5.132.0'], ['6.0.0-pre', 'v6.0.0-pre']])('%s is the tag %s', (version, tag) => {
    expect(renderedContainer(sidecar(TracerLibrary.nodejs(version)).stack, 'datadog-tracer').Image).toBe(`public.ecr.aws/datadog/dd-lib-js-init:${tag}`);
  });

  test('may be known at deployment only', () => {
    const stack = new Stack();
    expect(() => TracerLibrary.dotnet(new CfnParameter(stack, 'Version').valueAsString)).not.toThrow();
  });

  test.each(['latest', 'v1', '1.2', ''])("'%s' is refused, since it moves or is none", (version) => {
    expect(() => TracerLibrary.java(version)).toThrow(`'version' must be a full version such as '1.2.3', which never moves, got: '${version}'`);
  });

  test('of .NET has to be one that can be injected', () => {
    expect(() => TracerLibrary.dotnet('2.51.0')).toThrow("'version' must be at least 3.0.0 for dotnet, got: '2.51.0'");
  });

  test("comes from the account's registry, or from an image of the user's", () => {
    const mirrored = sidecar(TracerLibrary.java());
    expect(renderedContainer(mirrored.stack, 'datadog-tracer').Image).toMatch(/^public\.ecr\.aws/);
    const stack = inStack();
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
    taskDefinition.addContainer('app', { image: IMAGE, logging: AWSLOGS });
    const datadog = account(stack, { imageRegistry: 'mirror.example/datadog' });
    new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog, containers: { app: { tracer: TracerLibrary.java('1.2.3') } } });
    expect(renderedContainer(stack, 'datadog-tracer').Image).toBe('mirror.example/datadog/dd-lib-java-init:v1.2.3');
    const own = TracerLibrary.java().withImage(ecs.ContainerImage.fromRegistry('own.example/java@sha256:abc'));
    expect(renderedContainer(sidecar(own).stack, 'datadog-tracer').Image).toBe('own.example/java@sha256:abc');
  });
});

describe("the application's own value is added to", () => {
  test.each(['before', 'after'])('when it is set %s the tracer', (when) => {
    const { stack, container } = sidecar(TracerLibrary.nodejs(), () => (when === 'before' ? { environment: { NODE_OPTIONS: '--inspect' } } : {}));
    if (when === 'after') {
      container.addEnvironment('NODE_OPTIONS', '--inspect');
    }
    expect(environmentOf(renderedContainer(stack, 'app')).NODE_OPTIONS).toBe(`--inspect ${NODE}`);
    expect(warningIds(stack)).toEqual([]);
  });

  test.each<[string, App, string]>([
    ['a secret', (stack) => ({
      secrets: { NODE_OPTIONS: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'S', { secretStringValue: SecretValue.unsafePlainText('x') })) },
    }), 'its NODE_OPTIONS comes from a secret, to which nothing can be added: set it as a plain variable'],
    ['an environment file', (stack) => ({ environmentFiles: [ecs.EnvironmentFile.fromBucket(s3.Bucket.fromBucketName(stack, 'B', 'bucket'), 'app.env')] }),
      "an environment file may set its NODE_OPTIONS, which the tracer's would replace: set it as a plain variable, even an empty one"],
  ])('unless it comes from %s: an error, and nothing is injected', (_name, app, reason) => {
    const { stack } = sidecar(TracerLibrary.nodejs(), app);
    expect(renderedTask(stack).ContainerDefinitions.map(({ Name }: { Name: string }) => Name)).toEqual(['app', 'datadog-agent']);
    expect(renderedContainer(stack, 'app').DependsOn).toBeUndefined();
    expect(errorsOf(stack)).toEqual([`container 'app' cannot be given the tracer for nodejs, since ${reason}`]);
  });

  test('a plain variable beside an environment file is known', () => {
    const { stack } = sidecar(TracerLibrary.nodejs(), (scope) => ({
      environment: { NODE_OPTIONS: '' }, environmentFiles: [ecs.EnvironmentFile.fromBucket(s3.Bucket.fromBucketName(scope, 'B', 'bucket'), 'app.env')],
    }));
    expect(environmentOf(renderedContainer(stack, 'app')).NODE_OPTIONS).toBe(NODE);
    expect(errorsOf(stack)).toEqual([]);
  });

  test('a profiler of its own leaves no room for the one of .NET', () => {
    const { stack } = sidecar(TracerLibrary.dotnet(), () => ({ environment: { CORECLR_PROFILER: '{0}' } }));
    expect(environmentOf(renderedContainer(stack, 'app'))).not.toHaveProperty('LD_PRELOAD');
    expect(errorsOf(stack)).toEqual([expect.stringContaining('its own CORECLR_PROFILER is another')]);
  });

  test('nor does a mount of its own at the place of the library', () => {
    const { stack, taskDefinition } = sidecar(undefined);
    const other = new ecs.FargateTaskDefinition(stack, 'Other', { memoryLimitMiB: 1024, volumes: [{ name: 'own' }] });
    other.addContainer('app', { image: IMAGE, logging: AWSLOGS })
      .addMountPoints({ sourceVolume: 'own', containerPath: '/datadog-lib', readOnly: true });
    new FargateAgentSidecar(stack, 'OtherSidecar', {
      taskDefinition: other, datadog: account(stack), containers: { app: { tracer: TracerLibrary.java() } },
    });
    expect(taskDefinition.findContainer('datadog-tracer')).toBeUndefined();
    expect(errorsOf(stack)).toEqual(["container 'app' cannot be given the tracer for java, since it has its own mount at /datadog-lib: move it"]);
  });
});

describe('where it cannot work it is refused', () => {
  test('on Windows', () => {
    const cpuArchitecture = ecs.CpuArchitecture.X86_64;
    const runtimePlatform = { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE, cpuArchitecture };
    expect(() => sidecar(TracerLibrary.java(), undefined, {}, { runtimePlatform, cpu: 1024, memoryLimitMiB: 2048 })).toThrow(
      "'tracer' must be left out on Windows, since the library is injected on Linux only, got: one for java; build it into the image");
  });

  test('without an Agent that takes traces', () => {
    expect(() => sidecar(TracerLibrary.java(), undefined, { defaultFeatures: false, features: [AgentFeature.dogStatsD()] })).toThrow(
      "'tracer' must be left out where no Agent takes traces, got: one for java; add AgentFeature.apm() to 'features'");
  });

  test('.NET on ARM, while others work there', () => {
    const taskProps = { runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64 } };
    expect(errorsOf(sidecar(TracerLibrary.dotnet(), undefined, {}, taskProps).stack)).toEqual([expect.stringContaining('the task runs on ARM')]);
    expect(errorsOf(sidecar(TracerLibrary.java(), undefined, {}, taskProps).stack)).toEqual([]);
  });

  test('in two versions of one language', () => {
    const containers = { app: { tracer: TracerLibrary.java('1.2.3') }, other: { tracer: TracerLibrary.java('1.2.4') } };
    expect(() => sidecar(undefined, undefined, { containers })).toThrow(
      "'containers.app.tracer' must be the same in all containers of a task that have one for java, got: another");
  });
});

describe('several containers', () => {
  const add = (containers: { [name: string]: ContainerOptions }) => {
    const { stack, taskDefinition } = sidecar(undefined, undefined, { containers });
    taskDefinition.addContainer('late', { image: IMAGE, logging: AWSLOGS });
    return stack;
  };

  test('share the library of one language, also one that comes later', () => {
    const stack = add({ app: { tracer: TracerLibrary.java() }, late: { tracer: TracerLibrary.java() } });
    const names = renderedTask(stack).ContainerDefinitions.map(({ Name }: { Name: string }) => Name);
    expect(names.filter((name: string) => name.startsWith('datadog-tracer'))).toEqual(['datadog-tracer']);
    expect(renderedContainer(stack, 'late')).toMatchObject({ DependsOn: [WAITS], MountPoints: expect.arrayContaining([MOUNT]) });
  });

  test('of two languages have a library each', () => {
    const stack = add({ app: { tracer: TracerLibrary.java() }, late: { tracer: TracerLibrary.python() } });
    expect(renderedContainer(stack, 'app').DependsOn).toEqual([{ ContainerName: 'datadog-tracer-java', Condition: 'SUCCESS' }]);
    expect(renderedContainer(stack, 'late').MountPoints).toContainEqual({ ...MOUNT, SourceVolume: 'datadog-tracer-python' });
    expect(renderedContainer(stack, 'datadog-tracer-python').MountPoints).toEqual([{ ...MOUNT, SourceVolume: 'datadog-tracer-python' }]);
  });

  test('that are not named get none', () => {
    const stack = add({ app: { tracer: TracerLibrary.java() } });
    expect(renderedContainer(stack, 'late').DependsOn).toBeUndefined();
    expect(environmentOf(renderedContainer(stack, 'late'))).not.toHaveProperty('JAVA_TOOL_OPTIONS');
  });
});

test("the container that copies it counts towards the task's memory", () => {
  expect(() => sidecar(TracerLibrary.java(), () => ({ memoryLimitMiB: 200 }), {}, { memoryLimitMiB: 512 })).toThrow(
    'hard limits of 200 MiB for the other containers and 384 MiB for the Agent exceed');
  expect(() => sidecar(undefined, () => ({ memoryLimitMiB: 200 }), {}, { memoryLimitMiB: 512 })).not.toThrow();
});

describe('beside an application of a daemon', () => {
  function daemon(logging: ecs.LogDriver, tracer?: TracerLibrary) {
    const stack = inStack();
    const agent = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
    const instrument = () => agent.instrument(taskDefinition, { containers: { app: { tracer } } });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, logging });
    return { stack, instrument };
  }

  test('it is copied in the same way, and once however often it is asked for', () => {
    const { stack, instrument } = daemon(AWSLOGS, TracerLibrary.java());
    instrument();
    instrument();
    const app = renderedContainer(stack, 'app');
    expect(app).toMatchObject({ DependsOn: [WAITS], MountPoints: expect.arrayContaining([MOUNT]) });
    expect(environmentOf(app).JAVA_TOOL_OPTIONS).toBe('-javaagent:/datadog-lib/dd-java-agent.jar -XX:+IgnoreUnrecognizedVMOptions');
    expect(renderedTask(stack, 'app').ContainerDefinitions).toHaveLength(2);
    expect(renderedContainer(stack, 'datadog-tracer').LogConfiguration.Options['awslogs-group']).toEqual(app.LogConfiguration.Options['awslogs-group']);
    expect(warningIds(stack)).toEqual([]);
  });

  test.each<[string, number, number, string[]]>([
    ['fits', 256, 2, []],
    ['exceeds its memory', 255, 2, ['hard limits of 128 MiB for the other containers and 128 MiB for the tracer exceed']],
    ['exceeds the number of its containers', 4096, 10, ['a task has at most 10 containers, and this one 10 without the tracer']],
  ])('a task that with it %s', (_what, memoryMiB, containers, messages) => {
    const stack = inStack();
    const agent = new AgentDaemonService(stack, 'Daemon', { cluster: ec2Cluster(stack), datadog: account(stack) });
    const taskDefinition = new ecs.TaskDefinition(stack, 'Task', { compatibility: ecs.Compatibility.EC2, memoryMiB: String(memoryMiB), cpu: '256' });
    taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 128, logging: AWSLOGS });
    Array.from({ length: containers - 1 }, (_, i) => taskDefinition.addContainer(`c${i}`, { image: IMAGE, memoryReservationMiB: 4, logging: AWSLOGS }));
    agent.instrument(taskDefinition, { containers: { app: { tracer: TracerLibrary.java() } } });
    expect(errorsOf(stack)).toEqual(messages.map((message) => expect.stringContaining(message)));
  });

  test('its output has a place where the application has no awslogs, and costs nothing where there is none', () => {
    const json = ecs.LogDrivers.jsonFile({ maxSize: '10m' });
    const [without, withTracer] = [daemon(json), daemon(json, TracerLibrary.java())];
    [without, withTracer].forEach(({ instrument }) => instrument());
    expect(renderedContainer(withTracer.stack, 'datadog-tracer').LogConfiguration.LogDriver).toBe('awslogs');
    // The daemon's own group, and one for what stands beside applications.
    expect([without, withTracer].map(({ stack }) => resourceCounts(stack)['AWS::Logs::LogGroup'])).toEqual([1, 2]);
  });
});
