// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import { LogForwarderProps } from './log-forwarder-props';
import { checkOwnProperties } from './log-identity';
import { checkServiceTags } from '../datadog/service-tags';
import { checkNetwork, checkNodeRuntime } from '../private/function-options';

/**
 * In seconds: less leaves the handler no time to repeat a request and to store what is left; more Lambda does not offer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const TIMEOUT = { min: 10, max: 900 };

/** In MiB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MEMORY = { min: 128, max: 10240 };

/** In minutes: less EventBridge does not offer; more would come near the 18 hours after which Datadog takes no log, if a replay fails. */
const REPLAY_INTERVAL = { min: 1, max: 12 * 60 };

/** The oldest Node.js with zstd, https://nodejs.org/docs/latest-v22.x/api/zlib.html#zlibzstdcompressbuffer-options-callback. */
const ZSTD_NODE_VERSION = 22;

/** Throws on the first property that the forwarder could not be made or could not work with. Tokens pass. */
export function checkForwarderProps(props: LogForwarderProps): void {
  const { env, tags } = props;
  checkServiceTags({ env, tags });
  checkOwnProperties(tags, env === undefined ? [] : ['env']);
  checkNodeRuntime(props.runtime);
  checkCompression(props);
  checkDuration('timeout', 'seconds', props.timeout, `${TIMEOUT.min} to ${TIMEOUT.max} seconds`, TIMEOUT);
  checkNumber('memorySize', props.memorySize, `a whole number of MiB, ${MEMORY.min} to ${MEMORY.max}`, MEMORY);
  checkDuration('replayInterval', 'minutes', props.replayInterval, 'a whole number of minutes, from 1 minute to 12 hours', REPLAY_INTERVAL);
  checkDuration('undeliveredExpiration', 'days', props.undeliveredExpiration, 'a whole number of days, at least 1', { min: 1 });
  checkNumber('reservedConcurrentExecutions', props.reservedConcurrentExecutions, 'a whole number, at least 1', { min: 1 });
  checkNetwork(props);
}

function checkCompression({ compression, runtime }: LogForwarderProps): void {
  const version = /^nodejs(\d+)\.x$/.exec(runtime?.name ?? '')?.[1];
  if (compression?._kind === 'zstd' && version !== undefined && Number(version) < ZSTD_NODE_VERSION) {
    throw new Error(`'compression' must be gzip with a runtime older than Node.js ${ZSTD_NODE_VERSION}, got: zstd with '${runtime?.name}'`);
  }
}

type DurationUnit = 'seconds' | 'minutes' | 'days';

interface Range {
  readonly min: number;
  readonly max?: number;
}

function checkNumber(property: string, value: number | undefined, expected: string, range: Range): void {
  if (value !== undefined && !Token.isUnresolved(value) && !isWithin(value, range)) {
    throw new Error(`'${property}' must be ${expected}, got: ${value}`);
  }
}

function checkDuration(property: string, unit: DurationUnit, value: Duration | undefined, expected: string, range: Range): void {
  if (value === undefined) {
    return;
  }
  if (value.isUnresolved()) {
    // A template cannot convert between units.
    if (value.unitLabel() !== unit) {
      throw new Error(`'${property}' must be in ${unit} where it is a token, got: a token in ${value.unitLabel()}`);
    }
    return;
  }
  const amount = amountIn(unit, value);
  if (!isWithin(amount, range)) {
    throw new Error(`'${property}' must be ${expected}, got: ${value.toHumanString()}`);
  }
}

function amountIn(unit: DurationUnit, duration: Duration): number {
  const secondsIn = { seconds: 1, minutes: 60, days: 86_400 };
  return duration.toMilliseconds({ integral: false }) / 1000 / secondsIn[unit];
}

function isWithin(value: number, { min, max = Infinity }: Range): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
