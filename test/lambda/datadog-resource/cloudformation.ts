// SPDX-License-Identifier: Apache-2.0
import { Told } from './response-bucket';
import { World } from './world';

export interface Properties {
  readonly Kind: string;
  readonly Definition: string;
  readonly AdoptId?: string;
  readonly OnDelete?: string;
}

export const STACK = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/Shop/51af3dc0-da77-11e4-872e-1234567db123';

/** One resource of a stack, as CloudFormation sees it: it knows what it was told, and sends what follows from that. */
export class StackResource {
  physicalId?: string;
  properties?: Properties;
  private requests = 0;

  constructor(private readonly world: World, private readonly logicalId = 'HighCpu', private readonly stackId = STACK) {}

  async create(properties: Properties, remainingMs?: number): Promise<Told | undefined> {
    const told = await this.world.deliver(this.event('Create', properties), remainingMs);
    // Without an answer, CloudFormation thinks of an id itself.
    this.physicalId = told?.PhysicalResourceId ?? `Shop-${this.logicalId}-1KC2DAJSDHJ3`;
    this.properties = properties;
    return told;
  }

  /** An update, and the deletion of what it replaced. */
  async update(properties: Properties, remainingMs?: number): Promise<Told | undefined> {
    const { physicalId: oldId, properties: oldProperties } = this;
    const told = await this.change(properties, remainingMs);
    if (told?.Status === 'SUCCESS' && told.PhysicalResourceId !== oldId) {
      await this.world.deliver({ ...this.event('Delete', oldProperties!), PhysicalResourceId: oldId } as never);
    }
    return told;
  }

  /** An update that succeeds or not, and is rolled back: it is followed by one to the old properties, and what is not needed then is deleted. */
  async updateAndRollBack(properties: Properties, meanwhile: () => void = () => undefined): Promise<Told | undefined> {
    const before = this.properties!;
    await this.change(properties);
    meanwhile();
    return this.update(before);
  }

  async delete(): Promise<Told | undefined> {
    return this.world.deliver(this.event('Delete', this.properties!));
  }

  private async change(properties: Properties, remainingMs?: number): Promise<Told | undefined> {
    const told = await this.world.deliver(this.event('Update', properties), remainingMs);
    if (told?.Status === 'SUCCESS') {
      this.physicalId = told.PhysicalResourceId;
    }
    this.properties = properties;
    return told;
  }

  event(requestType: string, properties: Properties) {
    this.requests++;
    return {
      RequestType: requestType,
      ResponseURL: this.world.responses.url,
      StackId: this.stackId,
      RequestId: `${this.stackId.split('/')[2].slice(0, 4)}-${this.logicalId}-${this.requests}`,
      ResourceType: 'Custom::DatadogMonitor',
      LogicalResourceId: this.logicalId,
      ...(requestType === 'Create' ? {} : { PhysicalResourceId: this.physicalId }),
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:f', ...properties },
      ...(requestType === 'Update' ? { OldResourceProperties: this.properties } : {}),
    };
  }
}
