// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DatadogMonitor } from '../datadog';
import { AlertDescription } from './alert-description';
import { AlertTarget, WatchedService } from './alert-target';

/** What a renderer made of a rule: one of the two. */
export interface RenderedAlert {
  readonly alarm?: cloudwatch.Alarm;
  readonly monitor?: DatadogMonitor;
  /** Absent: not of one service. */
  readonly service?: WatchedService;
}

/** Turns rules into what one vendor understands. */
export interface AlertRenderer {
  /** The vendor, for messages. One renderer of a name in an `EcsAlarms`, since each has its fixed construct ids. */
  readonly name: string;
  /** Why this vendor cannot express this rule on this target, if so. Asked before anything is made. */
  objection(description: AlertDescription, target: AlertTarget): string | undefined;
  /** The names of options that the rule was given and that mean nothing to this vendor. */
  missingOptions(description: AlertDescription): string[];
  /** Only for rules without an objection. */
  render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[];
}

/** A namespace for construct ids, made once. */
export function childOnce(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}
