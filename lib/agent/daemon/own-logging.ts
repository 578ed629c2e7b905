// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeLogGroupFindings } from '../agent-acknowledgements';
import { AGENT_CONTAINER_NAME } from '../agent-container';

/** Where the output of a daemon goes unless told otherwise: a group of its own. */
export function ownLogging(scope: Construct): ecs.LogDriver {
  const logGroup = new logs.LogGroup(scope, 'LogGroup', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  acknowledgeLogGroupFindings(logGroup);
  return ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: AGENT_CONTAINER_NAME });
}
