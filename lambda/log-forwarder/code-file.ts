// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON file that the construct put beside the handler's code; `undefined` where it had nothing to say. */
export function readCodeFile(directory: string, name: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(directory, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name}, beside the code of the handler, holds no JSON`);
  }
}
