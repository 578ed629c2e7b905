// SPDX-License-Identifier: Apache-2.0
import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import { AlertWindow } from '../alert-description';

/** A threshold, checked where it is known already. */
export function positiveNumber(option: string, value: number): number {
  if (!Token.isUnresolved(value) && !(Number.isFinite(value) && value > 0)) {
    throw new Error(`'${option}' must be a positive number, got: ${value}`);
  }
  return value;
}

/** A threshold that the value has to exceed, checked where it is known already: zero says "any at all". */
export function zeroOrPositiveNumber(option: string, value: number): number {
  if (!Token.isUnresolved(value) && !(Number.isFinite(value) && value >= 0)) {
    throw new Error(`'${option}' must be zero or a positive number, got: ${value}`);
  }
  return value;
}

/** A count, checked where it is known already. */
export function positiveInteger(option: string, value: number): number {
  if (!Token.isUnresolved(value) && !(Number.isInteger(value) && value > 0)) {
    throw new Error(`'${option}' must be a positive whole number, got: ${value}`);
  }
  return value;
}

/** A window in which the condition must hold in every minute. */
export function sustained(option: string, duration: Duration): AlertWindow {
  return { kind: 'sustained', duration: wholeMinutes(option, duration), option };
}

/** A window whose values are taken together. */
export function total(option: string, duration: Duration): AlertWindow {
  return { kind: 'total', duration: wholeMinutes(option, duration), option };
}

/** A number as part of a sentence, also where it is a token. */
export function spoken(value: number): string {
  return Tokenization.stringifyNumber(value);
}

/** ECS, Container Insights and the forwarder report once a minute, and windows are counted in those minutes, so a token cannot be one. */
function wholeMinutes(option: string, duration: Duration): Duration {
  if (duration.isUnresolved()) {
    throw new Error(`'${option}' must be known when the app is synthesized, got: a token`);
  }
  const seconds = duration.toSeconds({ integral: false });
  if (seconds < 60 || seconds % 60 !== 0) {
    throw new Error(`'${option}' must be a whole number of minutes, at least one, got: ${duration.toHumanString()}`);
  }
  return duration;
}
