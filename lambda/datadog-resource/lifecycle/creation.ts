// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { DatadogObjects } from './datadog-objects';
import { LostAnswer, Refusal } from '../datadog/api-error';
import { KeyError } from '../datadog/keys';
import { Json } from '../json';
import { idOf } from '../kinds/kind';
import { Ownership } from '../ownership';

/** When an object is looked for whose answer was lost: it may appear a little later. */
const PAUSES_BEFORE_LOOKING_MS = [300, 1500];

/** The making of one object for one request, which may come several times and must not make a second one. */
export class Creation {
  /** Whether there may be an object that nobody is told of. */
  private state: 'not looked' | 'nothing there' | 'perhaps there' = 'not looked';
  private firstLoss?: LostAnswer;

  constructor(private readonly objects: DatadogObjects, private readonly ownership: Ownership) {}

  /** The object that this request made, now or when it came before. */
  async run(definition: Json, keepsOnDelete: boolean, replaces?: string): Promise<Json> {
    const made = await this.look();
    if (made) {
      return made;
    }
    this.state = 'nothing there';
    await this.objects.validate(definition);
    const marked = this.objects.kind.mark(definition, this.ownership.marks(keepsOnDelete, replaces));
    for (;;) {
      const object = await this.make(marked);
      if (object) {
        return object;
      }
    }
  }

  /** Whether it is certain that this request made nothing. Before it has looked, it may be a repeated one that made something the first time. */
  get leftNothing(): boolean {
    return this.state === 'nothing there';
  }

  /** `undefined` when the answer was lost and nothing is there, so that it has to be made again. */
  private async make(marked: Json): Promise<Json | undefined> {
    const before = this.state;
    this.state = 'perhaps there';
    const made = await this.objects.create(marked).catch((error: unknown) => {
      if (error instanceof LostAnswer) {
        this.firstLoss ??= error;
        return undefined;
      }
      this.state = error instanceof Refusal || error instanceof KeyError ? before : this.state;
      throw error;
    });
    if (!this.firstLoss) {
      return made;
    }
    const object = made ?? await this.lookAgain().catch(() => { throw this.firstLoss; });
    return object && this.withoutTwins(object);
  }

  private async lookAgain(): Promise<Json | undefined> {
    for (const pause of PAUSES_BEFORE_LOOKING_MS) {
      await sleep(pause);
      const found = await this.look();
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  private async look(): Promise<Json | undefined> {
    return (await this.objects.marked(this.ownership.requestMark))[0];
  }

  /** One whose answer was lost may have appeared only after it was looked for, and been made again. */
  private async withoutTwins(object: Json): Promise<Json> {
    const all = await this.objects.marked(this.ownership.requestMark);
    const twins = all.filter((twin) => idOf(twin) !== idOf(object));
    await Promise.all(twins.map(async (twin) => this.objects.delete(idOf(twin))));
    return object;
  }
}
