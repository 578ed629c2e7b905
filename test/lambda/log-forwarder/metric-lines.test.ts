// SPDX-License-Identifier: Apache-2.0
import { errorLogMetrics, invocationMetrics } from '../../../lambda/log-forwarder/metric-lines';
import { FORWARDER_METRICS } from '../../../lib/private/forwarder-metrics';

const counts = {
  ReceivedLogs: 10,
  FilteredLogs: 4,
  ForwardedLogs: 1,
  ForwardedBytes: 90,
  UndeliveredLogs: 2,
  FailedLogs: 3,
  RetriedRequests: 0,
  TruncatedLogs: 0,
  ScrubbingFailures: 0,
};

test('the metrics that alarms are made of are those that the handler writes', () => {
  const { namespace, ...metrics } = FORWARDER_METRICS;
  const written = [invocationMetrics('fn', counts, []), errorLogMetrics('fn', 'web', 'web-task', 1)].flatMap((line) => {
    // eslint-disable-next-line no-underscore-dangle
    const [directive] = JSON.parse(line)._aws.CloudWatchMetrics;
    expect(directive.Namespace).toBe(namespace);
    return directive.Metrics.map(({ Name }: { Name: string }) => ({ metricName: Name, dimensions: directive.Dimensions[0] }));
  });
  expect(Object.keys(metrics).length).toBeGreaterThan(2);
  for (const metric of Object.values(metrics)) {
    expect(written).toContainEqual(metric);
  }
});

test('each metric has its value, and reasons are told once', () => {
  expect(JSON.parse(invocationMetrics('fn', counts, ['status 500', 'timeout', 'status 500']))).toMatchObject({
    ...counts, FunctionName: 'fn', UndeliveredReasons: ['status 500', 'timeout'],
  });
  expect(JSON.parse(errorLogMetrics('fn', 'web', undefined, 4))).toMatchObject({
    FunctionName: 'fn', Service: 'web', TaskFamily: 'unknown', ErrorLogs: 4,
  });
});
