// SPDX-License-Identifier: Apache-2.0
import { FakeDatadog } from './datadog-api';
import { Invocation, LambdaProcess } from './lambda-process';
import { ResponseBucket, Told } from './response-bucket';
import { FakeAws } from '../../emulators/aws';

export const API_KEY = '0123456789abcdef0123456789abcdef';
export const APPLICATION_KEY = 'abcdef0123456789abcdef0123456789abcdef01';
export const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf';

/** Enough for a busy machine, and short enough to see what happens when it is over. */
export const REMAINING_MS = 6000;

/** The handler between CloudFormation, Datadog and AWS, all of them servers on loopback. */
export class World {
  static async start(environment: { [name: string]: string } = {}): Promise<World> {
    const [datadog, aws, responses] = await Promise.all([new FakeDatadog().start(), new FakeAws().start(), new ResponseBucket().start()]);
    return new World(datadog, aws, responses, environment);
  }

  readonly lambda: LambdaProcess;
  readonly invocations: (Invocation | undefined)[] = [];

  private constructor(
    readonly datadog: FakeDatadog, readonly aws: FakeAws, readonly responses: ResponseBucket, environment: { [name: string]: string },
  ) {
    datadog.keys = { api: API_KEY, application: APPLICATION_KEY };
    aws.secrets.set(SECRET, JSON.stringify({ 'api-key': API_KEY, 'app-key': APPLICATION_KEY }));
    this.lambda = new LambdaProcess({
      DD_SITE: 'datadoghq.eu',
      DD_API_URL: datadog.url,
      DD_API_KEY_SECRET_ARN: SECRET,
      DD_API_KEY_SECRET_FIELD: 'api-key',
      DD_APP_KEY_SECRET_ARN: SECRET,
      DD_APP_KEY_SECRET_FIELD: 'app-key',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
      AWS_ENDPOINT_URL: aws.url,
      ...environment,
    });
  }

  /** As Lambda does it: an invocation that throws, or whose function ends, is tried two times more. Returns what CloudFormation was told, if anything. */
  async deliver(event: { readonly RequestId: string }, remainingMs = REMAINING_MS): Promise<Told | undefined> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const invocation = await this.lambda.invoke(event, remainingMs);
      this.invocations.push(invocation);
      if (invocation && invocation.error === undefined) {
        break;
      }
    }
    return this.responses.told(event.RequestId);
  }

  /** What is in Datadog, as a person would read it: `#1` is what was made first. */
  get inDatadog(): string {
    const objects = this.datadog.collections.flatMap((collection) => [...collection.live].map(([id, object]) => `${this.nickname(id)} ${collection.title(object)}`));
    return objects.sort().join(', ') || 'nothing';
  }

  /** The order of its making instead of Datadog's id. */
  nickname(id: string): string {
    const all = this.datadog.collections.flatMap((collection) => [...collection.all.keys()]);
    return all.includes(id) ? `#${all.indexOf(id) + 1}` : id.replace(/[0-9a-f]{16}$/, '…');
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await Promise.all([this.datadog.stop(), this.aws.stop(), this.responses.stop()]);
  }
}
