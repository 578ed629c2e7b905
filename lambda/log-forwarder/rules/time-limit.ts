// SPDX-License-Identifier: Apache-2.0
import { Context, createContext, Script } from 'node:vm';

let runner: { readonly script: Script; readonly context: Context } | undefined;

/**
 * Runs something for so many milliseconds at most; `false` when it did not end by itself. A regular expression can take years for some texts,
 * and running under `vm` is the one thing that ends it.
 *
 * @see https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options
 */
export function endsWithin(limitMs: number, work: () => void): boolean {
  runner ??= { script: new Script('work()'), context: createContext({}) };
  runner.context.work = work;
  try {
    runner.script.runInContext(runner.context, { timeout: Math.ceil(limitMs) });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return false;
    }
    throw error;
  }
}
