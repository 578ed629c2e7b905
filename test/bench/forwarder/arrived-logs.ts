// SPDX-License-Identifier: Apache-2.0

interface ArrivedLog {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
  readonly ddtags: string;
}

/** How much of the bytes may differ where the handler moves tags and the ceiling does not. */
const TOLERANCE = 0.02;

/** What the intake got since it was asked last. */
export class ArrivedLogs {
  static async at(url: string): Promise<ArrivedLogs> {
    return new ArrivedLogs(await (await fetch(url)).json() as string[]);
  }

  readonly logs: readonly ArrivedLog[];

  private constructor(readonly arrays: readonly string[]) {
    this.logs = arrays.flatMap((array) => JSON.parse(array));
  }

  /** What comes behind the message of a log without tags of its own. */
  get tail(): string {
    const text = this.arrays[0];
    const log = this.logs.find(({ message }) => !message.startsWith('{'))!;
    const start = text.indexOf(`{"id":"${log.id}"`);
    const tail = start + `{"id":"${log.id}","timestamp":${log.timestamp},"message":${JSON.stringify(log.message)}`.length;
    return text.slice(tail, text.indexOf('}', text.indexOf('"service":', tail)) + 1);
  }

  /** Throws unless these are the logs that another contestant sent. */
  check(other: ArrivedLogs): void {
    const others = new Map(other.logs.map((log) => [log.id, log]));
    const different = this.logs.filter((log) => !log.message.includes('"ddtags"') && JSON.stringify(log) !== JSON.stringify(others.get(log.id)));
    const [bytes, otherBytes] = [this, other].map(({ arrays }) => arrays.reduce((sum, array) => sum + Buffer.byteLength(array), 0));
    if (this.logs.length !== other.logs.length || different.length > 0 || Math.abs(bytes / otherBytes - 1) > TOLERANCE) {
      throw new Error(`The contestants send different logs: ${different.length} of ${this.logs.length}, ${bytes} bytes instead of ${otherBytes}`);
    }
  }
}
