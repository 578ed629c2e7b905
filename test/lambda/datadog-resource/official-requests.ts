// SPDX-License-Identifier: Apache-2.0
import { World } from './world';
import { unparsedIn } from '../../datadog/official-models';

/** Requests with a body, and the official client's model of it. */
const MODELS: readonly [RegExp, string][] = [
  [/^POST \/api\/v1\/monitor(\/\d+)?(\/validate)?$/, 'Monitor'],
  [/^PUT \/api\/v1\/monitor\/\d+$/, 'MonitorUpdateRequest'],
  [/^POST \/api\/v1\/slo$/, 'ServiceLevelObjectiveRequest'],
  [/^PUT \/api\/v1\/slo\/\w+$/, 'ServiceLevelObjective'],
  [/^POST \/api\/v2\/downtime$/, 'DowntimeCreateRequest'],
  [/^PATCH \/api\/v2\/downtime\/[\w-]+$/, 'DowntimeUpdateRequest'],
];

/** What the official client does not know in what was sent, or in what these servers keep, which must not be anything else than the API keeps. */
export function unknownToOfficialClient({ datadog }: World): string[] {
  const sent = datadog.requests.filter(({ body }) => body !== '').flatMap(({ method, path, body }) => {
    const call = `${method} ${path}`;
    const model = MODELS.find(([pattern]) => pattern.test(call))?.[1];
    return model === undefined ? [`${call} has a body`] : unparsedIn(model, JSON.parse(body)).map((unknown) => `${call}: ${unknown}`);
  });
  return [
    ...sent,
    ...[...datadog.monitors.all.values()].flatMap((monitor) => unparsedIn('Monitor', monitor)),
    ...[...datadog.slos.all.values()].flatMap((slo) => unparsedIn('ServiceLevelObjective', slo)),
    ...[...datadog.downtimes.all.values()].flatMap((downtime) => unparsedIn('DowntimeResponseData', downtime)),
  ];
}
