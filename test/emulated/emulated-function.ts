// SPDX-License-Identifier: Apache-2.0
import { SynthesizedFunction } from './asset';
import { answers, freePort, RunningServer, start } from './servers';

/** What Lambda is made of here. */
export interface Lambda {
  /** AWS's Lambda Runtime Interface Emulator. */
  readonly emulator: string;
  /** The entry of AWS's runtime interface client for Node.js. */
  readonly client: string;
  readonly node: string;
}

/** A function under AWS's emulator: one execution environment, started cold. */
export class EmulatedFunction {
  static async start(lambda: Lambda, synthesized: SynthesizedFunction, overrides: { readonly [name: string]: string }): Promise<EmulatedFunction> {
    const [port, apiPort] = [await freePort(), await freePort()];
    // As in a deployment: what the template says, with references resolved, and what the runtime adds.
    const variables = { ...synthesized.environment, ...overrides };
    const unresolved = Object.entries(variables).filter(([, value]) => typeof value !== 'string').map(([name]) => name);
    if (unresolved.length > 0) {
      throw new Error(`The template leaves to the deployment: ${unresolved.join(', ')}`);
    }
    const server = start(lambda.emulator, [
      '--runtime-interface-emulator-address', `127.0.0.1:${port}`, '--runtime-api-address', `127.0.0.1:${apiPort}`,
      lambda.node, lambda.client, synthesized.handler,
    ], {
      cwd: synthesized.codeDirectory,
      env: {
        ...variables,
        PATH: process.env.PATH,
        LAMBDA_TASK_ROOT: synthesized.codeDirectory,
        AWS_LAMBDA_FUNCTION_NAME: 'DD-Forwarder',
        AWS_LAMBDA_FUNCTION_TIMEOUT: String(synthesized.timeoutSeconds),
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'session',
      },
    });
    await answers(`http://127.0.0.1:${port}/`, server);
    return new EmulatedFunction(`http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`, server);
  }

  private constructor(private readonly url: string, private readonly server: RunningServer) {}

  /** The answer, or what the function failed with, and how long it took. */
  async invoke(event: object): Promise<{ readonly answer: unknown; readonly milliseconds: number }> {
    const begin = performance.now();
    const text = await (await fetch(this.url, { method: 'POST', body: JSON.stringify(event) })).text();
    return { answer: text === '' ? null : JSON.parse(text), milliseconds: performance.now() - begin };
  }

  get output(): string {
    return this.server.output();
  }

  stop(): void {
    this.server.stop();
  }
}
