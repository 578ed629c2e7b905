// SPDX-License-Identifier: Apache-2.0
import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogForwarderProps } from './log-forwarder-props';
import { checkOwnProperties } from './log-identity';
import { checkServiceTags } from '../datadog/service-tags';

/** The oldest Node.js that the handler is built for. */
const MIN_NODE_VERSION = 20;

/**
 * In seconds: less leaves the handler no time to repeat a request and to store what is left; more Lambda does not offer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const TIMEOUT = { min: 10, max: 900 };

/** In MiB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MEMORY = { min: 128, max: 10240 };

/** Throws on the first property that the forwarder could not be made or could not work with. Tokens pass. */
export function checkForwarderProps(props: LogForwarderProps): void {
  const { env, tags, vpc, vpcSubnets, securityGroups } = props;
  checkServiceTags({ env, tags });
  checkOwnProperties(tags, env === undefined ? [] : ['env']);
  checkRuntime(props.runtime);
  checkDuration('timeout', 'seconds', props.timeout, `${TIMEOUT.min} to ${TIMEOUT.max} seconds`, TIMEOUT);
  checkNumber('memorySize', props.memorySize, `a whole number of MiB, ${MEMORY.min} to ${MEMORY.max}`, MEMORY);
  checkDuration('undeliveredExpiration', 'days', props.undeliveredExpiration, 'a whole number of days, at least 1', { min: 1 });
  checkNumber('reservedConcurrentExecutions', props.reservedConcurrentExecutions, 'a whole number, at least 1', { min: 1 });
  if (!vpc && (vpcSubnets || securityGroups)) {
    throw new Error(`'vpc' must be given with '${vpcSubnets ? 'vpcSubnets' : 'securityGroups'}', got none`);
  }
}

interface Range {
  readonly min: number;
  readonly max?: number;
}

/** By the name alone: the newest runtimes are often made by name, before there is a constant for them. */
function checkRuntime(runtime: lambda.Runtime | undefined): void {
  if (runtime === undefined || Token.isUnresolved(runtime.name)) {
    return;
  }
  const version = /^nodejs(\d+)\.x$/.exec(runtime.name)?.[1];
  if (version === undefined || Number(version) < MIN_NODE_VERSION) {
    throw new Error(`'runtime' must be Node.js ${MIN_NODE_VERSION} or later, got: '${runtime.name}'`);
  }
}

function checkNumber(property: string, value: number | undefined, expected: string, range: Range): void {
  if (value !== undefined && !Token.isUnresolved(value) && !isWithin(value, range)) {
    throw new Error(`'${property}' must be ${expected}, got: ${value}`);
  }
}

function checkDuration(property: string, unit: 'seconds' | 'days', value: Duration | undefined, expected: string, range: Range): void {
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
  const amount = unit === 'seconds' ? value.toSeconds({ integral: false }) : value.toDays({ integral: false });
  if (!isWithin(amount, range)) {
    throw new Error(`'${property}' must be ${expected}, got: ${value.toHumanString()}`);
  }
}

function isWithin(value: number, { min, max = Infinity }: Range): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
