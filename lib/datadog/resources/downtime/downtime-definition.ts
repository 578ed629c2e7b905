// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { DatadogDowntimeProps } from './datadog-downtime-props';
import { sortedData } from '../../../private/sorted-data';
import { checkText } from '../check-fields';
import { mergeApiJson } from '../merge-api-json';
import { ApiJson } from '../resource-description';

/** A downtime as the API takes it: its `attributes`. */
export function downtimeDefinition(props: DatadogDowntimeProps): ApiJson {
  const { groupScope = '*', schedule, message, displayTimezone, additionalFields } = props;
  checkText('groupScope', groupScope);
  const fields = mergeApiJson({
    scope: { property: 'groupScope', value: groupScope },
    monitor_identifier: { property: props.monitor ? 'monitor' : 'monitorTags', value: monitorIdentifier(props) },
    schedule: { property: 'schedule', value: schedule?._fields },
    message: { property: 'message', value: message },
    display_timezone: { property: 'displayTimezone', value: displayTimezone },
    mute_first_recovery_notification: { property: 'muteFirstRecoveryNotification', value: props.muteFirstRecoveryNotification },
    notify_end_states: { property: 'notifyEndStates', value: props.notifyEndStates },
    notify_end_types: { property: 'notifyEndTypes', value: props.notifyEndTypes },
  }, 'additionalFields', additionalFields);
  if (fields.monitor_identifier === undefined) {
    throw new Error('\'monitor\' or \'monitorTags\' must say what is muted, got: neither');
  }
  return sortedData(fields);
}

function monitorIdentifier({ monitor, monitorTags }: DatadogDowntimeProps): ApiJson | undefined {
  if (monitor && monitorTags) {
    throw new Error('\'monitorTags\' must not be given beside \'monitor\', got: both');
  }
  if (monitor) {
    return { monitor_id: monitor.monitorId };
  }
  if (monitorTags === undefined) {
    return undefined;
  }
  if (!Token.isUnresolved(monitorTags) && monitorTags.length === 0) {
    throw new Error('\'monitorTags\' must hold at least one tag, or \'*\' for all monitors, got: none');
  }
  return { monitor_tags: monitorTags };
}
