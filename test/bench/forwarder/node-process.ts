// SPDX-License-Identifier: Apache-2.0
import { ChildProcess, spawn, spawnSync } from 'node:child_process';

/** What is measured has one processor core, and the intake another, where the system can pin a process. */
const CAN_PIN = spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** A process of Node.js that sends and answers messages. */
export class NodeProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<never>;

  constructor(node: string, core: 0 | 1, command: readonly string[]) {
    const [program, ...args] = [...(CAN_PIN ? ['taskset', '-c', String(core)] : []), node, ...command];
    // The handler's metric lines, thousands of them, are nobody's reading.
    this.child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.ended = new Promise((_, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', (status, signal) => reject(new Error(`${command.join(' ').slice(0, 200)}: ended (${status ?? signal})`)));
    });
    this.ended.catch(() => undefined);
  }

  async message<T>(): Promise<T> {
    return Promise.race([new Promise<T>((resolve) => this.child.once('message', (message) => resolve(message as T))), this.ended]);
  }

  async ask<T>(message: number): Promise<T> {
    this.child.send(message);
    return this.message();
  }

  async end(): Promise<void> {
    if (this.child.connected) {
      this.child.disconnect();
    }
    await this.ended.catch(() => undefined);
  }
}
