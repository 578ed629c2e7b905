// SPDX-License-Identifier: Apache-2.0
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What CloudFormation was told. */
export interface Told {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: { readonly [name: string]: string };
}

/** Where CloudFormation waits for answers. */
export class ResponseBucket {
  readonly texts: string[] = [];
  /** Statuses of the next requests; nothing left is success. `0` is no answer at all. */
  readonly failures: number[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const failure = this.failures.shift();
      if (failure === 0) {
        request.socket.resetAndDestroy();
      } else if (failure !== undefined) {
        response.writeHead(failure).end();
      } else if (request.method !== 'PUT' || request.headers['content-type'] !== '') {
        // The signature is for this method and this header.
        response.writeHead(403).end();
      } else {
        this.texts.push(Buffer.concat(chunks).toString());
        response.writeHead(200).end();
      }
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/answer?X-Amz-Signature=signature`;
  }

  /** The last answer to a request. */
  told(requestId: string): Told | undefined {
    return this.texts.map((text) => JSON.parse(text) as Told).filter((answer) => answer.RequestId === requestId).pop();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
