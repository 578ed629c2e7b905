// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DatadogAccount } from '../account';

/** What can be kept through Datadog's API: the handler in `lambda/datadog-resource/kinds/` has one file for each. */
export type ResourceKind = 'monitor' | 'slo' | 'downtime';

/** JSON as Datadog's API takes it, in its own snake_case. Values may be tokens. */
export interface ApiJson {
  readonly [name: string]: any;
}

/** One object in Datadog, whoever keeps it. */
export interface ResourceDescription {
  readonly kind: ResourceKind;
  readonly datadog: DatadogAccount;
  /** The body of the API's create request; of a downtime its `attributes`. */
  readonly definition: ApiJson;
  readonly adoptId?: string;
  readonly removalPolicy?: RemovalPolicy;
}

/** What a template knows of the object. */
export interface RenderedResource {
  /** Datadog's id, a token. */
  readonly id: string;
  /** The same as a number, a token: for kinds whose ids are numbers. */
  readonly numericId: number;
  /** The object's page in Datadog, a token, where the renderer knows it. */
  readonly url?: string;
}

/** Makes the CloudFormation resource of an object. */
export interface ResourceRenderer {
  /** Throws on what it cannot express, before anything is added to the tree. */
  check(description: ResourceDescription): void;
  /** The site that an account's objects are on, where the renderer and not somebody else says it, and it is no token. */
  siteOf(datadog: DatadogAccount): string | undefined;
  /** Throws on what it cannot make in that place, before anything is added to the tree. */
  checkIn(scope: Construct, description: ResourceDescription): void;
  render(scope: Construct, description: ResourceDescription): RenderedResource;
}

/** @throws if the renderer does not know the page */
export function urlOf(property: string, url: string | undefined): string {
  if (url === undefined) {
    throw new Error(`'${property}' needs DatadogBackend.customResource(), since the CloudFormation types return no address`);
  }
  return url;
}
