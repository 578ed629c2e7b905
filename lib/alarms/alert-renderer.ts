// SPDX-License-Identifier: Apache-2.0
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DatadogMonitor } from '../datadog';
import { AlertDescription } from './alert-description';
import { AlertRuleOptions } from './alert-rule-options';
import { AlertTarget, WatchedService } from './alert-target';
import { CompositeAlert, CompositeDescription } from './composite-alert';

/** What a renderer made of a rule: one of the two. */
export interface RenderedAlert {
  readonly alarm?: cloudwatch.Alarm;
  readonly monitor?: DatadogMonitor;
  /** What each group of the monitor is of. Absent: not a monitor. */
  readonly groups?: readonly string[];
  /** Absent: not of one service. */
  readonly service?: WatchedService;
}

/** Turns rules into what one vendor understands. */
export interface AlertRenderer {
  /** The vendor, for messages. One renderer of a name in an `EcsAlarms`, since each has its fixed construct ids. */
  readonly name: string;
  /** Whether this vendor has such data at all. */
  hasDataOf(description: AlertDescription): boolean;
  /** Why this vendor cannot express this rule on this target, if so. Asked before anything is made. */
  objection(description: AlertDescription, target: AlertTarget): string | undefined;
  /** The names of options that were given and that mean nothing to this vendor. */
  missingOptions(options: AlertRuleOptions): string[];
  /** Only for rules without an objection. */
  render(scope: Construct, description: AlertDescription, target: AlertTarget): RenderedAlert[];
  /** Why it must not combine what it made of some rules, if so: what came of it would be silent. Asked before anything is made. Absent: nothing is wrong. */
  compositeObjection?(composite: CompositeDescription, operands: RenderedAlert[][]): string | undefined;
  /** Combines what it made of some rules; undefined where it made nothing of one of them. */
  renderComposite(scope: Construct, composite: CompositeDescription, operands: RenderedAlert[][]): CompositeAlert | undefined;
}

/** A namespace for construct ids, made once. */
export function childOnce(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}
