// SPDX-License-Identifier: Apache-2.0
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const BUNDLE = join(__dirname, '../../../assets/lambda/datadog-resource/index/index.js');

const RUNTIME = `
  const { handler } = require(${JSON.stringify(BUNDLE)});
  process.on('message', async ({ event, remainingMs }) => {
    const end = performance.now() + remainingMs;
    const left = () => end - performance.now();
    const context = { getRemainingTimeInMillis: left };
    try {
      await handler(event, context);
      process.send({ leftMs: left() });
    } catch (error) {
      process.send({ leftMs: left(), error: error.message });
    }
  });`;

export interface Invocation {
  /** What was left of the time when the handler returned or threw. */
  readonly leftMs: number;
  /** Why it threw. */
  readonly error?: string;
}

/** The bundled handler in a process of its own, with nothing but its environment: it can be killed, and everything it prints is seen. */
export class LambdaProcess {
  printed = '';
  private child?: ChildProcess;

  constructor(private readonly environment: { [name: string]: string }) {}

  /** One invocation; `undefined` when the process ended in the middle. The next one then gets a new process. */
  async invoke(event: object, remainingMs: number): Promise<Invocation | undefined> {
    const child = this.child ??= this.spawn();
    child.send({ event, remainingMs });
    const outcome = await Promise.race([once(child, 'message').then(([message]) => message), once(child, 'exit').then(() => undefined)]);
    if (!outcome) {
      this.child = undefined;
    }
    return outcome;
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** So that the next invocation gets a new one. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child?.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
  }

  private spawn(): ChildProcess {
    const child = spawn(process.execPath, ['-e', RUNTIME], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: this.environment });
    for (const output of [child.stdout!, child.stderr!]) {
      output.on('data', (chunk) => { this.printed += chunk; });
    }
    return child;
  }
}
