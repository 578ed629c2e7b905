// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertBackend } from './alert-backend';
import { AlertRule } from './alert-rule';
import { AlertTarget } from './alert-target';

/** Says which backend leaves a rule to the others, though it has such data. That it has none at all is in the docstring of the rule. */
export function warnOfUnwatched(alarms: Construct, rule: AlertRule, backends: AlertBackend[], target: AlertTarget): void {
  for (const { _renderer: renderer } of backends) {
    const reason = renderer.hasDataOf(rule._description) ? renderer.objection(rule._description, target) : undefined;
    if (reason !== undefined) {
      Annotations.of(alarms).addWarningV2(`cdk-ecs-datadog:ruleNotWatched:${rule.id}:${renderer.name}`,
        `${renderer.name} does not watch rule '${rule.id}': ${reason}`);
    }
  }
}
