// SPDX-License-Identifier: Apache-2.0
import { Check } from './checks';
import { ReceivedLog } from './local-intake';
import { ServiceInventory, WatchedContainer, WatchedService } from './service-inventory';

/** The services with their Agent and log routes, and the alarms. */
export function renderInventory({ services, alarms }: ServiceInventory): string {
  return [
    'Services',
    ...services.map(renderService),
    '',
    'Alarms',
    ...alarms.map(({ id, description, isGrouped }) =>
      `  ${readable(id).replace(/^Production(Alarms)?/, '')}${isGrouped ? ', each service a contributor' : ''}\n    ${description.split(': ')[0]}`),
  ].join('\n');
}

/** The logs as the intake has them. */
export function renderLogs(received: ReceivedLog[]): string {
  return ['Logs that arrived', ...received.map(({ message, service, ddsource, ddtags }) =>
    `  ${message}\n    service ${service}, source ${ddsource}\n    ${ddtags}`)].join('\n');
}

/** What failed, and a closing line that says what was checked. */
export function renderResult(checks: Check[]): string {
  const missing = checks.filter(({ holds }) => !holds);
  return [
    ...missing.map(({ what }) => `MISSING: ${what}`),
    missing.length === 0
      ? `OK: ${checks.length} checks of Agents, keys, tags, log routes, alarms and delivered logs hold.`
      : `FAILED: ${missing.length} of ${checks.length} checks do not hold.`,
  ].join('\n');
}

function renderService({ id, launchType, agent, isTailed, containers }: WatchedService): string {
  return [
    `  ${readable(id)} (${launchType}): Agent as ${agent}`,
    ...containers.map((container) => `    ${container.name}: ${renderContainer(container, isTailed)}`),
  ].join('\n');
}

function renderContainer({ environment, filterName, logGroup }: WatchedContainer, isTailed: boolean): string {
  const route = filterName ? 'awslogs, forwarder' : isTailed && !logGroup ? 'tailed by the Agent' : 'nowhere';
  const tags = ['DD_SERVICE', 'DD_VERSION', 'DD_ENV'].flatMap((name) => environment[name] ?? []);
  return `${tags.join(' / ')}; logs: ${route}`;
}

/** A logical id without the hash that CDK puts at its end. */
function readable(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}
