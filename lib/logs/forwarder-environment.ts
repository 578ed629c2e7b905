// SPDX-License-Identifier: Apache-2.0
import { intakeUrl } from './intake-url';
import { LogForwarderProps } from './log-forwarder-props';
import { lambdaProxyEnvironment } from '../datadog/proxy';
import { renderTags } from '../datadog/service-tags';

/** What the handler reads from its environment. It does not grow with the number of log groups: Lambda allows 4 KB. */
export function forwarderEnvironment({ datadog, env, tags, compression }: LogForwarderProps): { [name: string]: string } {
  const allTags = renderTags({ ...(env === undefined ? {} : { env }), ...tags });
  const { logs: intake } = datadog.endpoints;
  return {
    DD_SITE: datadog.site.domain,
    ...datadog.apiKey.lambdaEnvironment('DD_API_KEY'),
    ...(allTags === undefined ? {} : { DD_TAGS: allTags }),
    ...(intake === undefined ? {} : { DD_LOGS_INTAKE_URL: intakeUrl(intake) }),
    ...compression?._environment,
    ...lambdaProxyEnvironment(datadog.proxy),
  };
}
