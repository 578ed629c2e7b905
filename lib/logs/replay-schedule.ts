// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What tells the handler to send again what lies in its bucket. */
const REPLAY = { action: 'replay' };

/** A replay that cannot be started is left to the next one. One minute is the least that EventBridge takes. */
const GIVE_UP_AFTER = Duration.minutes(1);

/** Has the function send stored logs again, every `interval`. */
export function replaySchedule(scope: Construct, id: string, handler: lambda.IFunction, interval: Duration): events.Rule {
  return new events.Rule(scope, id, {
    description: 'Sends logs again that Datadog did not take',
    schedule: events.Schedule.rate(interval),
    targets: [new targets.LambdaFunction(handler, {
      event: events.RuleTargetInput.fromObject(REPLAY),
      retryAttempts: 0,
      maxEventAge: GIVE_UP_AFTER,
    })],
  });
}
