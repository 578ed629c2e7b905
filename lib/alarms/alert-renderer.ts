// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlertDescription } from './alert-description';
import { AlertTarget, WatchedService } from './alert-target';

/** What a renderer made of a rule. */
export interface RenderedAlert {
  readonly alarm: cloudwatch.Alarm;
  /** Absent: not of one service. */
  readonly service?: WatchedService;
}

/** Turns rules into what one vendor understands. */
export interface AlertRenderer {
  /** The vendor, for messages. One renderer of a name in an `EcsAlarms`, since each has its fixed construct ids. */
  readonly name: string;
  /** Why this vendor cannot express this rule on this target, if so. Asked before anything is made. */
  objection(description: AlertDescription, target: AlertTarget): string | undefined;
  /** Only for rules without an objection. */
  render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[];
}
