// SPDX-License-Identifier: Apache-2.0
import { ForwarderInAssembly, hasSecretKey } from './lambda-invocation';
import { ReceivedLog } from './local-intake';
import { LogEventCase } from './log-events';
import { ServiceInventory, WatchedContainer, WatchedService } from './service-inventory';

/** The tag that the quickstart gives everything on its cluster. */
const TEAM = 'team:shop';

/** One thing that was looked at. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
}

/** What must be true of every service's Agent, tags and log route, and of the alarms. */
export function checkInventory({ services, alarms }: ServiceInventory): Check[] {
  return [
    check('there are three services', services.length === 3),
    ...services.flatMap(checkService),
    check('the web application has its version', services.some(({ containers }) => containers.some(hasVersion))),
    check('Redis has its check', services.some(({ containers }) => containers.some(hasRedisCheck))),
    ...['CpuUtilization', 'MemoryUtilization', 'RunningTasks', 'PendingTasks', 'LogErrors', 'LogsStillUndelivered', 'ForwarderErrors'].map((rule) =>
      check(`there is an alarm ${rule}`, alarms.some(({ id }) => id.includes(rule)))),
  ];
}

/** What must be true of the function that carries the logs. */
export function checkForwarder(forwarder: ForwarderInAssembly | undefined): Check[] {
  return [
    check('there is a forwarder that CloudWatch Logs may invoke', forwarder !== undefined),
    check('the forwarder gets its key from a secret', forwarder !== undefined && hasSecretKey(forwarder)),
  ];
}

/** What must be true of the logs that arrived. */
export function checkLogs({ services }: ServiceInventory, cases: LogEventCase[], received: ReceivedLog[]): Check[] {
  return cases.flatMap(({ serviceId, container, expected }) => {
    const watched = services.find(({ id }) => id === serviceId)!.containers.find(({ name }) => name === container)!;
    return expected.map((message) => {
      const arrived = received.filter((log) => log.message === message);
      return check(`'${message.slice(0, 40)}' of ${container} arrived once, as service ${watched.environment.DD_SERVICE}`,
        arrived.length === 1 && isIdentified(arrived[0], watched));
    });
  });
}

function checkService({ id, agent, hasKey, isTailed, containers }: WatchedService): Check[] {
  return [
    check(`${id} has an Agent`, agent !== 'none'),
    check(`the Agent of ${id} gets its key from a secret`, hasKey),
    check(`${id} has application containers`, containers.length > 0),
    ...containers.flatMap((container) => [
      check(`${container.name} of ${id} knows its service, environment and team`, isTagged(container)),
      check(`${container.name} of ${id} reaches the Agent`, container.environment.DD_TRACE_AGENT_URL !== undefined),
      check(`the logs of ${container.name} of ${id} have a route`, container.logGroup ? container.filterName !== undefined : isTailed),
    ]),
  ];
}

/** Variables feed traces and custom metrics, labels feed container metrics: both have to say the same. */
function isTagged({ environment, labels }: WatchedContainer): boolean {
  return environment.DD_SERVICE !== undefined && environment.DD_SERVICE === labels['com.datadoghq.tags.service']
    && environment.DD_ENV === 'prod' && labels['com.datadoghq.tags.env'] === 'prod' && environment.DD_TAGS === TEAM;
}

function hasVersion({ environment, labels }: WatchedContainer): boolean {
  return environment.DD_VERSION !== undefined && environment.DD_VERSION === labels['com.datadoghq.tags.version'];
}

function hasRedisCheck({ name, labels }: WatchedContainer): boolean {
  return name === 'redis' && JSON.parse(labels['com.datadoghq.ad.checks'] ?? '{}').redisdb?.instances.length > 0;
}

function isIdentified(log: ReceivedLog, { name, environment }: WatchedContainer): boolean {
  const tags = (log.ddtags ?? '').split(',');
  return log.service === environment.DD_SERVICE && log.ddsource !== 'cloudwatch'
    && [`container_name:${name}`, `env:${environment.DD_ENV}`, TEAM].every((tag) => tags.includes(tag));
}

function check(what: string, holds: boolean): Check {
  return { what, holds };
}
