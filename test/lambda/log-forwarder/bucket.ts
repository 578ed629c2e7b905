// SPDX-License-Identifier: Apache-2.0
import { gunzipSync, gzipSync } from 'node:zlib';
import { ArrivedLog } from './fake-intake';
import { Scenario } from './scenario';

const BUCKET = 'undelivered-bucket';

export const HOUR = 3_600_000;

/** The scenario's bucket, as somebody sees it who looks into it. */
export class Bucket {
  constructor(private readonly scenario: Scenario) {}

  get s3() {
    return this.scenario.aws.s3;
  }

  get keys(): string[] {
    return [...this.s3.objects.keys()].map((path) => path.slice(BUCKET.length + 1)).sort();
  }

  put(key: string, body: Buffer | string, lastModified = new Date(), headers = {}): Buffer {
    return this.s3.put(`${BUCKET}/${key}`, Buffer.from(body), { lastModified, headers }).body;
  }

  get(key: string) {
    return this.s3.objects.get(`${BUCKET}/${key}`);
  }

  delete(key: string): void {
    this.s3.objects.delete(`${BUCKET}/${key}`);
  }

  messages(key: string): string[] {
    return JSON.parse(gunzipSync(this.get(key)!.body).toString()).map(({ message }: ArrivedLog) => message);
  }

  /** A batch that waits since some hours ago; gives its key. */
  putBatch(messages: readonly string[], hoursAgo = 1, name = `request-${hoursAgo}-0`, headers = {}): string {
    const since = new Date(Date.now() - hoursAgo * HOUR);
    const key = `undelivered/${since.toISOString().slice(0, 13).replace(/[-T]/g, '/')}/${name}.json.gz`;
    this.put(key, gzipSync(JSON.stringify(messages.map((message, index) => ({ id: String(index), message })))), since, headers);
    return key;
  }

  /** What Lambda writes of an asynchronous event on which the function failed; gives its key. */
  putRecord(event: unknown, hoursAgo = 1, name = 'b3cdb5c7-0000-4000-8000-000000000001'): string {
    const since = new Date(Date.now() - hoursAgo * HOUR);
    const [day, time] = since.toISOString().split('T');
    const key = `aws/lambda/async/DD-Forwarder/${day.replaceAll('-', '/')}/${day}T${time.slice(0, 8).replaceAll(':', '.')}-${name}`;
    this.put(key, JSON.stringify({
      version: '1.0',
      timestamp: since.toISOString(),
      requestContext: {
        requestId: name,
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:DD-Forwarder:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: '2 logs were neither delivered nor stored: timeout' },
    }), since);
    return key;
  }

  /** What Lambda writes of a batch of a data stream: the event is text; gives its key. */
  putStreamRecord(payload: unknown): string {
    const key = 'aws/lambda/a1b2c3d4-5678-90ab-cdef-11111example/shardId-000000000006/2026/11/24/2026-11-24T00.38.06-b3cdb5c7';
    this.put(key, JSON.stringify({
      version: '1.0',
      timestamp: '2026-11-24T00:38:06.021Z',
      requestContext: {
        requestId: 'c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5',
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:DD-Forwarder',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 1,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      KinesisBatchInfo: { shardId: 'shardId-000000000006', batchSize: 2, streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs' },
      payload,
    }));
    return key;
  }
}
