// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import { account, addInstances, clusterIn, fargateService, fargateTask, filtersOf, monitor, newStack, resourceCounts, vpcIn } from './fixture';
import { FargateAgentSidecar } from '../../lib/agent';
import { LogForwarder } from '../../lib/logs';

/** The logical ids of the filters, and of the groups that they are on. */
function subscribedGroups(stack: Stack): string[] {
  return Object.values(filtersOf(stack)).map(({ Properties }) => Properties.LogGroupName.Ref).sort();
}

test.each([['before', false], ['after', true]])('a forwarder told by hand %s an explicit sidecar carries the output of both, without a MonitoredCluster', (_, isReversed) => {
  const stack = newStack();
  const taskDefinition = fargateTask(stack, 'Task', { logging: undefined });
  const forwarder = new LogForwarder(stack, 'OwnForwarder', { datadog: account(stack) });
  const steps = [
    () => forwarder.addTaskDefinition(taskDefinition),
    () => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) }),
  ];
  (isReversed ? steps.reverse() : steps).forEach((step) => step());
  expect(subscribedGroups(stack)).toEqual([expect.stringMatching(/^DatadogAgentLogs/)]);
});

describe("the Agents' own output, where no application has a log group", () => {
  function withServices(count: number): Stack {
    const stack = newStack();
    const { cluster } = monitor(stack, { vpc: vpcIn(stack) });
    for (let i = 0; i < count; i += 1) {
      fargateService(stack, `Web${i}`, cluster, { taskDefinition: fargateTask(stack, `Task${i}`, { logging: undefined }) });
    }
    return stack;
  }

  test('goes to one group a stack, subscribed once, however many services there are', () => {
    const stack = withServices(5);
    expect(subscribedGroups(stack)).toEqual([expect.stringMatching(/^DatadogAgentLogs/)]);
    expect(resourceCounts(stack)['AWS::Logs::LogGroup']).toBe(2);
  });

  test('is subscribed beside its group, so that a service more or less moves no filter', () => {
    expect(Object.keys(filtersOf(withServices(5)))).toEqual([expect.stringMatching(/^DatadogAgentLogsDatadogLogForwarder/)]);
  });

  test.each([['before', false], ['after', true]])('is subscribed once also when the forwarder is told by hand, %s an explicit sidecar', (_, isReversed) => {
    const stack = newStack();
    const cluster = clusterIn(stack);
    const taskDefinition = fargateTask(stack, 'Task', { logging: undefined });
    const forwarder = new LogForwarder(stack, 'OwnForwarder', { datadog: account(stack) });
    const steps = [
      () => forwarder.addTaskDefinition(taskDefinition),
      () => new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack) }),
    ];
    (isReversed ? steps.reverse() : steps).forEach((step) => step());
    monitor(stack, { cluster, forwarder });
    fargateService(stack, 'Web', cluster, { taskDefinition });
    expect(subscribedGroups(stack)).toEqual([expect.stringMatching(/^DatadogAgentLogs/)]);
  });
});

test("the daemon's own output is not forwarded: it would tell how the Agent is, for every instance", () => {
  const stack = newStack();
  const cluster = clusterIn(stack);
  addInstances(cluster);
  monitor(stack, { cluster });
  expect(filtersOf(stack)).toEqual({});
});
