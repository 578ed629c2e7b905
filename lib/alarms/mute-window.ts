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

  /** How long it is: whole minutes, at most until it begins again, which is after a day for a window of every day. */
  readonly duration: Duration;

  /**
   * The time zone of `start`, a name of the IANA database such as `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timezone?: string;
}

const UTC = 'UTC';

/** Throws on a window that is none, or that is there twice. */
export function checkMuteWindows(windows: AlertMuteWindow[] = []): void {
  for (const window of windows) {
    const { start, duration, days, timezone } = window;
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) {
      throw new Error(`'muteWindows.start' must be a time such as '22:00', got: '${Token.isUnresolved(start) ? 'a token' : start}'`);
    }
    if (days?.length === 0) {
      throw new Error("'muteWindows.days' must hold at least one day or be left out, got: an empty list");
    }
    const minutes = duration.toMinutes({ integral: false });
    const maximum = untilNext(window);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > maximum.toMinutes()) {
      throw new Error(`'muteWindows.duration' must be whole minutes, at most ${maximum.toHumanString()}, after which the window begins again, `
        + `got: ${duration.toHumanString()}`);
    }
    if (timezone !== undefined && !Token.isUnresolved(timezone) && !isTimezone(timezone)) {
      throw new Error(`'muteWindows.timezone' must be a name of the IANA database such as 'Europe/Berlin', got: '${timezone}'`);
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

/** What a window is called in construct ids: `MON-TUE-2200`, or `2200` of every day, and `2200-Europe-Berlin` elsewhere than in UTC. */
export function muteKey({ timezone = UTC, ...window }: AlertMuteWindow): string {
  const place = timezone === UTC ? [] : [Token.isUnresolved(timezone) ? 'Timezone' : timezone.replace(/\//g, '-')];
  return [...window.days ? muteDays(window) : [], window.start.replace(':', ''), ...place].join('-');
}

/** From one start to the next, where that is shortest: no vendor says what a window does that overlaps itself. */
function untilNext(window: AlertMuteWindow): Duration {
  const week = Object.values(AlertMuteDay);
  const indices = muteDays(window).map((day) => week.indexOf(day));
  const gaps = indices.map((index, position) => (position + 1 < indices.length ? indices[position + 1] : indices[0] + week.length) - index);
  return Duration.days(Math.min(...gaps));
}

/** Node.js knows offsets such as `+01:00`, too, and CloudWatch does not. */
function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
