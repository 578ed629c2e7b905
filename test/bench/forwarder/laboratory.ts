// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { evenLogs, mixedLogs } from './realistic-logs';

const PAYLOADS = {
  small: () => evenLogs(100, 200),
  even: () => evenLogs(1000, 500),
  mixed: () => mixedLogs(2000),
  large: () => evenLogs(10_000, 500),
};

export type Payload = keyof typeof PAYLOADS;

/** What all measurements share: the files that their processes read. */
export class Laboratory {
  /** The handler as it is deployed. */
  readonly handler = join(__dirname, '../../../assets/lambda/log-forwarder/index/index.js');
  private readonly directory = mkdtempSync(join(tmpdir(), 'forwarder-bench-'));

  constructor() {
    for (const [name, make] of Object.entries(PAYLOADS)) {
      writeFileSync(this.file(name), make());
    }
    for (const script of ['burst', 'contestant', 'first-event', 'intake']) {
      // Plain JavaScript, so that every version of Node runs the same text.
      buildSync({
        entryPoints: [join(__dirname, `${script}.ts`)],
        outfile: this.script(script),
        bundle: true,
        platform: 'node',
        target: 'node20',
        logLevel: 'warning',
      });
    }
  }

  script(name: string): string {
    return join(this.directory, `${name}.js`);
  }

  payload(name: Payload): string {
    return this.file(name);
  }

  /** A file for what one measurement hands to the next. */
  write(name: string, text: string): string {
    writeFileSync(this.file(name), text);
    return this.file(name);
  }

  close(): void {
    rmSync(this.directory, { recursive: true });
  }

  private file(name: string): string {
    return join(this.directory, `${name}.txt`);
  }
}
