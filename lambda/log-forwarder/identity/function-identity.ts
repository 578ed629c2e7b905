// SPDX-License-Identifier: Apache-2.0
import type { Context } from 'aws-lambda';

/** Who and where this function is. */
export interface FunctionIdentity {
  readonly name: string;
  readonly arn: string;
  /** Absent for `$LATEST`. */
  readonly version?: string;
  readonly partition: string;
  readonly region: string;
}

export function functionIdentity(context: Context): FunctionIdentity {
  const [, partition, , region] = context.invokedFunctionArn.split(':');
  return {
    name: context.functionName,
    arn: context.invokedFunctionArn,
    version: context.functionVersion === '$LATEST' ? undefined : context.functionVersion,
    partition: partition || 'aws',
    region: region || (process.env.AWS_REGION ?? ''),
  };
}
