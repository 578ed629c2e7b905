// SPDX-License-Identifier: Apache-2.0
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { newCluster, newStack } from './fixture';
import { AlertBackend, AlertRule, ApmAlertRule, EcsAlarms } from '../../lib/alarms';
import { accountIn } from '../datadog/resources/fixture';

function warningsOf(rules: (account: ReturnType<typeof accountIn>) => AlertRule[]): any[] {
  const stack = newStack();
  const account = accountIn(stack);
  new EcsAlarms(stack, 'Alarms', {
    cluster: newCluster(stack),
    rules: rules(account),
    backends: [AlertBackend.cloudWatch(), AlertBackend.datadog({ account })],
  });
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('does not watch rule'));
}

test('a backend that could watch a rule in another form says why it does not', () => {
  const [{ id, entry }, ...others] = warningsOf(() => [AlertRule.runningBelowDesired(), AlertRule.cpuUtilization()]);
  expect(id).toBe('/Stack/Alarms');
  expect(entry.data).toContain("CloudWatch does not watch rule 'RunningBelowDesired': it needs 'services'");
  expect(entry.data).toContain('cdk-ecs-datadog:ruleNotWatched:RunningBelowDesired:CloudWatch');
  expect(others).toEqual([]);
});

test('a backend that has no such data says nothing', () => {
  expect(warningsOf(() => [ApmAlertRule.errorRate({ service: 'web', env: 'prod', operation: 'express.request' })])).toEqual([]);
});
