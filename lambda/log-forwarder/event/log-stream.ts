// SPDX-License-Identifier: Apache-2.0

/** What the name of a stream written by the `awslogs` driver of ECS says. */
export interface EcsLogStream {
  readonly container: string;
  readonly taskId: string;
  /** Values set by prefix segments such as `version=1.4.2`. */
  readonly settings: { readonly [key in PrefixSetting]?: string };
  /** The first plain segment of the prefix; AWS recommends the service's name there. */
  readonly prefixText?: string;
}

export type PrefixSetting = 'service' | 'env' | 'version' | 'source';

/** 32 hexadecimal digits, or the UUID of tasks with the older, short ARN. */
const TASK_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const KEY_AND_VALUE = /^([A-Za-z_][\w.-]*)=(.*)$/;

/**
 * Parses `<prefix>/<container>/<task-id>` from the right, since a prefix may contain slashes.
 * Anything else (a container id, a Lambda stream, an application's own name) is no ECS stream and no error.
 */
export function parseEcsLogStream(name: string): EcsLogStream | undefined {
  const segments = name.split('/');
  const taskId = segments.pop() ?? '';
  const container = segments.pop();
  if (!TASK_ID.test(taskId) || !container || segments.length === 0) {
    return undefined;
  }
  const settings: { [key in PrefixSetting]?: string } = {};
  let prefixText: string | undefined;
  for (const segment of segments) {
    const [, key, value] = KEY_AND_VALUE.exec(segment) ?? [];
    if (key === undefined) {
      prefixText ??= segment || undefined;
    } else if (isPrefixSetting(key) && value) {
      settings[key] ??= value;
    }
  }
  return { container, taskId, settings, prefixText };
}

function isPrefixSetting(key: string): key is PrefixSetting {
  return key === 'service' || key === 'env' || key === 'version' || key === 'source';
}
