// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ForwarderCode, HandlerData } from './forwarder-code';
import { LogForwarderProps } from './log-forwarder-props';
import { functionRole } from '../private/function-role';

/** What the user says of the function, and what the forwarder makes for it. */
export interface ForwarderFunctionProps extends LogForwarderProps {
  readonly logGroup: logs.ILogGroup;
  readonly environment: { [name: string]: string };
  readonly onFailure: lambda.IDestination;
  readonly data: HandlerData;
}

/** The function and its role. */
export function forwarderFunction(scope: Construct, props: ForwarderFunctionProps): lambda.Function {
  return new lambda.Function(scope, 'Handler', {
    description: 'Carries CloudWatch logs to Datadog',
    functionName: props.functionName,
    runtime: props.runtime ?? lambda.Runtime.NODEJS_24_X,
    architecture: props.architecture ?? lambda.Architecture.ARM_64,
    code: new ForwarderCode(props.data),
    handler: 'index.handler',
    memorySize: props.memorySize ?? 256,
    timeout: props.timeout ?? Duration.seconds(120),
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    tracing: props.tracing,
    role: functionRole(scope, 'Role', props.logGroup, props.vpc !== undefined),
    logGroup: props.logGroup,
    environment: props.environment,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
    // The most that Lambda offers before it hands an event to the destination.
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: props.onFailure,
  });
}
