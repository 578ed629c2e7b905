// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { forwarderIn, newApp } from './fixture';
import { LogForwarder } from '../../lib/logs';

test('counters are summed and carry the name of the function', () => {
  const stack = new Stack(newApp(), 'Stack');
  const forwarder = forwarderIn(stack);
  const functionName = { Ref: 'ForwarderHandlerE1CDAF31' };
  expect(stack.resolve(forwarder.metricForwarded())).toMatchObject({
    namespace: 'CdkEcsDatadog/LogForwarder', metricName: 'ForwardedLogs', statistic: 'Sum', dimensions: { FunctionName: functionName },
  });
  expect(stack.resolve(forwarder.metricUndelivered({ period: Duration.minutes(1) }))).toMatchObject({ metricName: 'UndeliveredLogs' });
  const others = [
    forwarder.metricReceived(), forwarder.metricFiltered(), forwarder.metricScrubbingFailures(), forwarder.metricReplayed(),
    forwarder.metricRefused(),
  ];
  const names = ['ReceivedLogs', 'FilteredLogs', 'ScrubbingFailures', 'ReplayedLogs', 'RefusedLogs'];
  expect(others.map((metric) => metric.toMetricConfig().metricStat)).toEqual(
    names.map((metricName) => expect.objectContaining({ metricName, statistic: 'Sum' })));
  expect(stack.resolve(forwarder.metricErrorLogs({ service: 'web', taskFamily: 'web' }))).toMatchObject({
    metricName: 'ErrorLogs', dimensions: { FunctionName: functionName, Service: 'web', TaskFamily: 'web' },
  });
});

test('of ages the oldest counts', () => {
  expect(forwarderIn(new Stack(newApp(), 'Stack')).metricOldestUndeliveredAge()).toMatchObject({ metricName: 'OldestUndeliveredAge', statistic: 'Maximum' });
});

test("failures are Lambda's own counters of this function, over the period that is asked for", () => {
  const stack = new Stack(newApp(), 'Stack');
  const failures = forwarderIn(stack).metricErrors({ period: Duration.minutes(1), label: 'Failures' });
  expect(failures).toMatchObject({ expression: 'FILL(errors, 0) + FILL(destinationFailures, 0) + FILL(dropped, 0)', label: 'Failures' });
  expect(stack.resolve(Object.values(failures.usingMetrics))).toEqual(['Errors', 'DestinationDeliveryFailures', 'AsyncEventsDropped'].map((metricName) => {
    return expect.objectContaining({
      namespace: 'AWS/Lambda', metricName, statistic: 'Sum', dimensions: { FunctionName: { Ref: 'ForwarderHandlerE1CDAF31' } },
    });
  }));
  expect(Object.values(failures.usingMetrics).map((metric) => (metric as any).period.toMinutes())).toEqual([1, 1, 1]);
});

test('error logs of everything, of one service, or grouped, become one Metrics Insights query that an alarm takes', () => {
  const stack = new Stack(newApp(), 'Stack');
  const forwarder = forwarderIn(stack);
  const alarm = (id: string, metric: ReturnType<LogForwarder['metricErrorLogs']>) => {
    (metric as any).createAlarm(stack, id, { threshold: 1, evaluationPeriods: 1 });
  };
  alarm('All', forwarder.metricErrorLogs());
  alarm('One', forwarder.metricErrorLogs({ service: 'web', grouped: true }));
  const template = Template.fromStack(stack);
  const query = (start: string, end: string) => Match.arrayWith([Match.objectLike({
    Expression: {
      'Fn::Join': ['', [
        `SELECT SUM(ErrorLogs) FROM SCHEMA("CdkEcsDatadog/LogForwarder", FunctionName, Service, TaskFamily) WHERE ${start}'`,
        { Ref: 'ForwarderHandlerE1CDAF31' },
        end,
      ]],
    },
  })]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { Metrics: query('FunctionName = ', "'") });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { Metrics: query('FunctionName = ', "' AND Service = 'web' GROUP BY Service, TaskFamily ORDER BY SUM() DESC") });
});

test('a name that would end the query early is refused', () => {
  const forwarder = forwarderIn(new Stack(newApp(), 'Stack'));
  expect(() => forwarder.metricErrorLogs({ taskFamily: "a' OR" })).toThrow("'taskFamily' must hold only letters, digits, _ and -, got: 'a' OR'");
  expect(() => forwarder.metricErrorLogs({ service: "a' OR" })).toThrow("'service' must start with a letter");
});
