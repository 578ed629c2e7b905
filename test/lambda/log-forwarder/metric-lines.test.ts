// SPDX-License-Identifier: Apache-2.0
import { errorLogMetrics, invocationMetrics, replayMetrics } from '../../../lambda/log-forwarder/metric-lines';
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

const replayed = { ReplayedLogs: 5, RefusedLogs: 1, RetriedRequests: 0, UndeliveredObjects: 2, OldestUndeliveredAge: 90 };

test('the metrics that alarms are made of are those that the handler writes', () => {
  const { namespace, ...metrics } = FORWARDER_METRICS;
  const lines = [invocationMetrics('fn', counts, []), replayMetrics('fn', replayed, []), errorLogMetrics('fn', 'web', 'web-task', 1)];
  const written = lines.flatMap((line) => {
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

test('a replay tells what waits, with the age in seconds, or that this is not known', () => {
  const done = { ReplayedLogs: 5, RefusedLogs: 1, RetriedRequests: 0 };
  const line = JSON.parse(replayMetrics('fn', { ...done, UndeliveredObjects: 2, OldestUndeliveredAge: 90 }, ['timeout']));
  expect(line).toMatchObject({ ...done, FunctionName: 'fn', UndeliveredObjects: 2, OldestUndeliveredAge: 90, UndeliveredReasons: ['timeout'] });
  const units = (told: typeof line) => Object.fromEntries(
    // eslint-disable-next-line no-underscore-dangle
    told._aws.CloudWatchMetrics[0].Metrics.map(({ Name, Unit }: { Name: string; Unit: string }) => [Name, Unit]));
  expect(units(line)).toEqual({
    ReplayedLogs: 'Count', RefusedLogs: 'Count', RetriedRequests: 'Count', UndeliveredObjects: 'Count', OldestUndeliveredAge: 'Seconds',
  });
  const unknown = { ...done, UndeliveredObjects: undefined, OldestUndeliveredAge: undefined };
  expect(Object.keys(units(JSON.parse(replayMetrics('fn', unknown, []))))).toEqual(Object.keys(done));
});
