// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The oldest Node.js that the handlers are built for. */
const MIN_NODE_VERSION = 20;

/** Throws on a runtime that a handler cannot run on, by the name alone: the newest ones are often made by name, before there is a constant for them. */
export function checkNodeRuntime(runtime: lambda.Runtime | undefined): void {
  if (runtime === undefined || Token.isUnresolved(runtime.name)) {
    return;
  }
  const version = /^nodejs(\d+)\.x$/.exec(runtime.name)?.[1];
  if (version === undefined || Number(version) < MIN_NODE_VERSION) {
    throw new Error(`'runtime' must be Node.js ${MIN_NODE_VERSION} or later, got: '${runtime.name}'`);
  }
}

/** Throws on what only a VPC gives a meaning. */
export function checkNetwork(options: Pick<lambda.FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>): void {
  if (!options.vpc && (options.vpcSubnets || options.securityGroups)) {
    throw new Error(`'vpc' must be given with '${options.vpcSubnets ? 'vpcSubnets' : 'securityGroups'}', got none`);
  }
}
