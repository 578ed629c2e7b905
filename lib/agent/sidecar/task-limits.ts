// SPDX-License-Identifier: Apache-2.0
import { Intrinsic, Stack, Tokenization } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { containersOf } from '../../private/task-containers';

/** "Task definition size", 64 KiB, which nobody can raise: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html. */
const MAX_BYTES = 64 * 1024;

/** What the CDK writes into a text for what it does not know yet. */
const TOKEN_MARKER = '${Token[';

/** As many as one needs to see where the bytes are. */
const NAMED_CONTAINERS = 3;

/** Says in one sentence each why ECS would refuse a task definition when it is deployed, as far as that is known before. */
export function limitErrors(taskDefinition: ecs.TaskDefinition): string[] {
  return [...nameErrors(taskDefinition), ...sizeErrors(taskDefinition)];
}

function nameErrors(taskDefinition: ecs.TaskDefinition): string[] {
  const names = containersOf(taskDefinition).map(({ containerName }) => containerName);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `'${taskDefinition.node.path}' must have containers of different names, got: two named '${name}'`);
}

function sizeErrors(taskDefinition: ecs.TaskDefinition): string[] {
  const sizes = containersOf(taskDefinition).map((container) => ({ name: container.containerName, bytes: sizeOf(container) }));
  const bytes = sizes.reduce((sum, container) => sum + container.bytes, 0);
  if (bytes <= MAX_BYTES) {
    return [];
  }
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, NAMED_CONTAINERS);
  return [`the containers of '${taskDefinition.node.path}' must fit into the ${MAX_BYTES} bytes of a task definition, got: at least ${bytes} bytes, `
    + `of which ${largest.map((container) => `${container.bytes} are of '${container.name}'`).join(', ')}; move settings into files of the image or of S3`];
}

/**
 * The bytes of a container as JSON, without what only the deployment knows, so that the size is the least that it can be. Only texts are resolved, such as
 * labels, which may be long; the lists that are produced late are short, and to resolve them all takes several times as long.
 */
function sizeOf(container: ecs.ContainerDefinition): number {
  const stack = Stack.of(container);
  return Buffer.byteLength(JSON.stringify(container.renderContainerDefinition(), (_key, value) => {
    if (typeof value === 'string') {
      return value.includes(TOKEN_MARKER) ? literalText(value, stack) : value;
    }
    return Tokenization.isResolvable(value) ? undefined : value;
  }));
}

/** The text around references. Only what is produced late has to be resolved for it, which takes long for many tasks. */
function literalText(text: string, stack: Stack): string {
  const fragments = Tokenization.reverseString(text);
  if (fragments.tokens.every((token) => token instanceof Intrinsic)) {
    return fragments.mapTokens({ mapToken: () => '' }).join({ join: (left, right) => `${left}${right}` });
  }
  const resolved = stack.resolve(text);
  if (typeof resolved === 'string') {
    return resolved;
  }
  const [separator, parts] = resolved?.['Fn::Join'] ?? ['', []];
  return Array.isArray(parts) ? parts.filter((part) => typeof part === 'string').join(separator) : '';
}
