// SPDX-License-Identifier: Apache-2.0
import { DatadogResourceProps } from './datadog-resource-props';

/** Properties of something that was exported from Datadog. */
export interface DatadogExportProps extends DatadogResourceProps {
  /**
   * The whole object in the API's own form, as Datadog's API returns it or its pages export it. What only Datadog sets, such as `id`, `creator` and
   * `modified`, is left out, and so are the tags by which the custom resource knows its objects again; to take over that very object instead of making
   * another one, give its id as `adoptId`.
   */
  readonly json: { readonly [name: string]: any };
}
