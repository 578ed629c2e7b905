// SPDX-License-Identifier: Apache-2.0
import { datadogResource } from './datadog-resource';

/** The function behind custom resources of the types `Custom::Datadog…`. Nothing is read before the first event arrives. */
export const handler = datadogResource(process.env);
