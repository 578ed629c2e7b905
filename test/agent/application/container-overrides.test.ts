// SPDX-License-Identifier: Apache-2.0
import { Lazy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { addCapabilities, knowsEntryPoint, wrapEntryPoint } from '../../../lib/agent/render/container-overrides';
import { addDependency } from '../../../lib/agent/render/dependencies';
import { IMAGE, inStack, renderedContainer } from '../fixture';

const WRAPPER = ['/wrap', '--'];

function setUp(props: Partial<ecs.ContainerDefinitionOptions> = {}) {
  const stack = inStack();
  const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
  const container = taskDefinition.addContainer('app', { image: IMAGE, memoryLimitMiB: 64, ...props });
  return { stack, taskDefinition, container, rendered: () => renderedContainer(stack, 'app') };
}

describe('a wrapper', () => {
  test('stands before the entry point, once, and changes nothing else', () => {
    const { container, rendered } = setUp({ entryPoint: ['/app', 'serve'], command: ['--port', '80'] });
    const { stack: plain } = setUp({ entryPoint: ['/app', 'serve'], command: ['--port', '80'] });
    wrapEntryPoint(container, WRAPPER);
    wrapEntryPoint(container, WRAPPER);
    expect(rendered()).toEqual({ ...renderedContainer(plain, 'app'), EntryPoint: ['/wrap', '--', '/app', 'serve'] });
  });

  test('is not repeated where the user wrote it', () => {
    const { container, rendered } = setUp({ entryPoint: [...WRAPPER, '/app'] });
    wrapEntryPoint(container, WRAPPER);
    expect(rendered().EntryPoint).toEqual(['/wrap', '--', '/app']);
  });

  test("leaves the caller's list and other containers alone", () => {
    const entryPoint = ['/app'];
    const { container, taskDefinition, stack } = setUp({ entryPoint });
    taskDefinition.addContainer('other', { image: IMAGE, memoryLimitMiB: 64, entryPoint });
    wrapEntryPoint(container, WRAPPER);
    expect(renderedContainer(stack, 'other').EntryPoint).toEqual(['/app']);
    expect(entryPoint).toEqual(['/app']);
  });

  test.each<[string, string[] | undefined, boolean]>([
    ['none', undefined, false],
    ['an empty one', [], false],
    ['one that is known at deployment', Lazy.list({ produce: () => ['/app'] }), false],
    ['a literal', ['/app'], true],
  ])('needs an entry point that is known: %s', (_name, entryPoint, known) => {
    expect(knowsEntryPoint(setUp({ entryPoint }).container)).toBe(known);
  });
});

describe('capabilities', () => {
  test('are added to none', () => {
    const { container, rendered } = setUp();
    addCapabilities(container, [ecs.Capability.SYS_PTRACE]);
    addCapabilities(container, [ecs.Capability.SYS_PTRACE]);
    expect(rendered().LinuxParameters).toEqual({ Capabilities: { Add: ['SYS_PTRACE'] } });
  });

  test("join the container's own, those that it gets later too, and keep all other parameters", () => {
    const { stack, taskDefinition } = setUp();
    const linuxParameters = new ecs.LinuxParameters(stack, 'Parameters', { initProcessEnabled: true, sharedMemorySize: 64 });
    linuxParameters.addCapabilities(ecs.Capability.NET_ADMIN);
    linuxParameters.dropCapabilities(ecs.Capability.MKNOD);
    const container = taskDefinition.addContainer('own', { image: IMAGE, memoryLimitMiB: 64, linuxParameters });
    addCapabilities(container, [ecs.Capability.SYS_PTRACE, ecs.Capability.NET_ADMIN]);
    linuxParameters.addCapabilities(ecs.Capability.SYS_TIME);
    expect(renderedContainer(stack, 'own').LinuxParameters).toEqual({
      InitProcessEnabled: true,
      SharedMemorySize: 64,
      Capabilities: { Add: ['NET_ADMIN', 'SYS_TIME', 'SYS_PTRACE'], Drop: ['MKNOD'] },
    });
  });

  test('that nobody asks for leave a container as it was', () => {
    const { container, rendered } = setUp();
    addCapabilities(container, []);
    expect(rendered().LinuxParameters).toBeUndefined();
    expect(Object.keys(container)).not.toContain('renderContainerDefinition');
  });
});

test('a dependency is added once, and gives way to one of the user on the same container', () => {
  const { container, taskDefinition, rendered } = setUp();
  const [first, second] = ['first', 'second'].map((name) => taskDefinition.addContainer(name, { image: IMAGE, memoryLimitMiB: 64 }));
  container.addContainerDependencies({ container: first, condition: ecs.ContainerDependencyCondition.START });
  for (const dependency of [first, second, second]) {
    addDependency(container, { container: dependency, condition: ecs.ContainerDependencyCondition.SUCCESS });
  }
  expect(rendered().DependsOn).toEqual([
    { ContainerName: 'first', Condition: 'START' }, { ContainerName: 'second', Condition: 'SUCCESS' },
  ]);
});
