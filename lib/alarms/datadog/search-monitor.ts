// SPDX-License-Identifier: Apache-2.0
import { DatadogMonitorType } from '../../datadog';
import { AlertDescription } from '../alert-description';
import { AlertTarget } from '../alert-target';
import { DatadogSource, MonitorQuery } from './datadog-source';
import { windowObjection } from './metric-monitor';
import { AGENT_TAGS, CRAWLER_TAGS, GroupKey, TagNames, datadogMinutes, groupNames, groupSubject, searchFilter, tagName } from './tag-names';
import { spoken } from '../rules/rule';

/** `last("2880m")`: https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor */
const MAX_MINUTES = 2880;

/** What is searched for and counted. */
export interface SearchMonitorOptions {
  /** The terms beside cluster and services. Double quotes in it are escaped: `\\"out of memory\\"`. */
  readonly search: string;
  readonly groupBy: readonly GroupKey[];
}

/** Logs or events that are counted over the rule's window. None is zero. */
class SearchMonitor implements DatadogSource {
  constructor(
    private readonly options: SearchMonitorOptions,
    private readonly kind: { readonly type: DatadogMonitorType; readonly of: (search: string) => string; readonly tags: TagNames },
  ) {}

  public objection({ window }: AlertDescription): string | undefined {
    return windowObjection(window, MAX_MINUTES);
  }

  public monitor({ comparison, threshold, window }: AlertDescription, target: AlertTarget): MonitorQuery {
    const { search, groupBy } = this.options;
    const { type, of, tags } = this.kind;
    const groups = groupBy.map((key) => tagName(tags, key)).join(',');
    const counted = `${of(`${search} ${searchFilter(tags, target)}`)}.rollup("count").by("${groups}")`;
    return {
      type,
      query: `${counted}.last("${datadogMinutes(window.duration.toMinutes())}") ${comparison} ${spoken(threshold)}`,
      subject: groupSubject(tags, groupBy, target),
      groups: groupNames(groupBy),
      // What is searched is there when it is searched: nothing is polled for, or it is an event with its own time.
      lateness: 'agent',
      missingDataOption: 'on_missing_data',
    };
  }
}

/** A log monitor on what Agents and forwarders send. It needs an application key without scopes. */
export class LogMonitor extends SearchMonitor {
  constructor(options: SearchMonitorOptions) {
    super(options, { type: DatadogMonitorType.LOG, of: (search) => `logs("${search}").index("*")`, tags: AGENT_TAGS });
  }
}

/** An event monitor on the events of ECS that the AWS integration collects. */
export class EcsEventMonitor extends SearchMonitor {
  constructor(options: SearchMonitorOptions) {
    super({ ...options, search: `source:amazon_ecs ${options.search}` },
      { type: DatadogMonitorType.EVENT, of: (search) => `events("${search}")`, tags: CRAWLER_TAGS });
  }
}
