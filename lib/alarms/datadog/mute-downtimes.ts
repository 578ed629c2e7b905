// SPDX-License-Identifier: Apache-2.0
import { Construct } from 'constructs';
import { DatadogDowntime, DatadogDowntimeSchedule, DatadogMonitor } from '../../datadog';
import { childOnce } from '../alert-renderer';
import { AlertMuteDay, AlertMuteWindow, muteDays, muteKey } from '../mute-window';
import { DatadogAlertOptions } from './datadog-alert-options';

/** As iCalendar writes them, https://datatracker.ietf.org/doc/html/rfc5545#section-3.3.10. */
const DAYS: { readonly [day in AlertMuteDay]: string } = { MON: 'MO', TUE: 'TU', WED: 'WE', THU: 'TH', FRI: 'FR', SAT: 'SA', SUN: 'SU' };

/** Mutes a monitor in some windows, each by a downtime of its own. */
export function muteMonitor(
  scope: Construct, ruleId: string, monitor: DatadogMonitor, windows: AlertMuteWindow[], options: DatadogAlertOptions,
): void {
  for (const window of windows) {
    // A scope for each rule: ids of rules have hyphens, too.
    new DatadogDowntime(childOnce(childOnce(childOnce(scope, 'Datadog'), 'MuteRules'), ruleId), muteKey(window), {
      datadog: options.account,
      backend: options.backend,
      monitor,
      schedule: DatadogDowntimeSchedule.recurring({ recurrences: [{ rrule: rrule(window), duration: window.duration }], timezone: window.timezone }),
    });
  }
}

function rrule(window: AlertMuteWindow): string {
  const [hour, minute] = window.start.split(':').map(Number);
  const frequency = window.days ? `FREQ=WEEKLY;BYDAY=${muteDays(window).map((day) => DAYS[day]).join(',')}` : 'FREQ=DAILY';
  return `${frequency};BYHOUR=${hour};BYMINUTE=${minute}`;
}
