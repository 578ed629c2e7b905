// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';

/** A day of the week. */
export enum AlertMuteDay {
  /** Monday. */
  MONDAY = 'MON',
  /** Tuesday. */
  TUESDAY = 'TUE',
  /** Wednesday. */
  WEDNESDAY = 'WED',
  /** Thursday. */
  THURSDAY = 'THU',
  /** Friday. */
  FRIDAY = 'FRI',
  /** Saturday. */
  SATURDAY = 'SAT',
  /** Sunday. */
  SUNDAY = 'SUN',
}

/** A time that comes again and in which nobody is told. The rule goes on watching. */
export interface AlertMuteWindow {
  /**
   * The days on which it begins.
   *
   * @default - every day
   */
  readonly days?: AlertMuteDay[];

  /** When it begins, in its time zone: `22:00`. */
  readonly start: string;

  /** How long it is: whole minutes, at most 15 days. */
  readonly duration: Duration;

  /**
   * The time zone of `start`, a name of the IANA database such as `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timezone?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html */
const MAX_DURATION = Duration.days(15);

/** Throws on a window that is none, or that is there twice. */
export function checkMuteWindows(windows: AlertMuteWindow[] = []): void {
  for (const { start, duration, days } of windows) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) {
      throw new Error(`'muteWindows.start' must be a time such as '22:00', got: '${Token.isUnresolved(start) ? 'a token' : start}'`);
    }
    const minutes = duration.toMinutes({ integral: false });
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_DURATION.toMinutes()) {
      throw new Error(`'muteWindows.duration' must be whole minutes, at most ${MAX_DURATION.toHumanString()}, got: ${duration.toHumanString()}`);
    }
    if (days?.length === 0) {
      throw new Error("'muteWindows.days' must hold at least one day or be left out, got: an empty list");
    }
  }
  const twice = windows.map(muteKey).find((key, index, keys) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw new Error(`'muteWindows' must begin at different times, got: ${twice} twice`);
  }
}

/** The days of a window in their order, each once. */
export function muteDays({ days = Object.values(AlertMuteDay) }: AlertMuteWindow): AlertMuteDay[] {
  return Object.values(AlertMuteDay).filter((day) => days.includes(day));
}

/** What a window is called in construct ids: `MON-TUE-2200`, or `2200` of every day. */
export function muteKey(window: AlertMuteWindow): string {
  return [...window.days ? muteDays(window) : [], window.start.replace(':', '')].join('-');
}
