// SPDX-License-Identifier: Apache-2.0
import * as path from 'path';

/** In the published package the whole library is one file in `build/`; while it is developed, this file is where it is in `lib/`. */
const PACKAGE = path.join(__dirname, path.basename(__dirname) === 'private' ? '../..' : '..');

/**
 * The folder of a Lambda function's handler, bundled as `index.js` when the library is built.
 *
 * @param name the handler's folder in `lambda/`
 */
export function handlerAsset(name: string): string {
  return path.join(PACKAGE, 'assets', 'lambda', name, 'index');
}
