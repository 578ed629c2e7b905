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
   * The id of an existing object that is taken over instead of making a new one: it is changed to what is said here. A deployment that is rolled back
   * does not restore what it was before. Without the id in a later deployment, the object is the stack's own, and deleted with it unless
   * `removalPolicy` says otherwise.
   *
   * @default - a new object
   */
  readonly adoptId?: string;

  /**
   * What happens to the object in Datadog when it leaves the stack, or has to be replaced. With `RETAIN` it stays there, and nobody owns it. With
   * `RETAIN_ON_UPDATE_OR_DELETE` too, and through the custom resource also when its creation is rolled back. With `DESTROY` it is deleted then, even one
   * that was taken over.
   *
   * @default RemovalPolicy.DESTROY, or `RETAIN` for an object that was taken over
   */
  readonly removalPolicy?: RemovalPolicy;
}
