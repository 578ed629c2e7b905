// SPDX-License-Identifier: Apache-2.0
import { ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Processes that are stopped whatever happens. */
const running: ChildProcess[] = [];
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A server of somebody else's, with what it printed. */
export interface RunningServer {
  readonly output: () => string;
  readonly stop: () => void;
}

export function start(command: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): RunningServer {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.on('error', (error) => { output += `${command}: ${error.message}\n`; });
  return { output: () => output, stop: () => child.kill('SIGKILL') };
}

/** Waits until something answers there. */
export async function answers(url: string, server: RunningServer): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`Nothing answers at ${url}:\n${server.output()}`);
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
