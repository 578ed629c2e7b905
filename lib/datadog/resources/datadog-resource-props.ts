// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy } from 'aws-cdk-lib';
import { DatadogBackend } from './datadog-backend';
import { DatadogAccount } from '../account';

/** What everything that is kept in Datadog has in common. */
export interface DatadogResourceProps {
  /** The organization that it is kept in. */
  readonly datadog: DatadogAccount;

  /**
   * How CloudFormation reaches Datadog. Changing it makes a new object in Datadog and deletes the old one.
   *
   * @default DatadogBackend.customResource()
   */
  readonly backend?: DatadogBackend;

  /**
   * The id of an existing object that is taken over instead of making a new one: it is changed to what is said here.
   *
   * @default - a new object
   */
  readonly adoptId?: string;

  /**
   * What happens to the object in Datadog when it leaves the stack, or has to be replaced. With `RETAIN` it stays there, and nobody owns it.
   *
   * @default RemovalPolicy.DESTROY, or `RETAIN` for an object that was taken over
   */
  readonly removalPolicy?: RemovalPolicy;
}
