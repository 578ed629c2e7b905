// SPDX-License-Identifier: Apache-2.0
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { DatadogSite } from '../../lib/datadog';

const V1 = '/v1/input';
const V2 = '/api/v2/logs?dd-protocol=aws-kinesis-firehose';

// https://docs.datadoghq.com/getting_started/site/, written down a second time on purpose.
const SITES: [string, DatadogSite, string, string][] = [
  ['US1', DatadogSite.US1, 'datadoghq.com', V1],
  ['US3', DatadogSite.US3, 'us3.datadoghq.com', V2],
  ['US5', DatadogSite.US5, 'us5.datadoghq.com', V2],
  ['EU1', DatadogSite.EU1, 'datadoghq.eu', V1],
  ['AP1', DatadogSite.AP1, 'ap1.datadoghq.com', V2],
  ['AP2', DatadogSite.AP2, 'ap2.datadoghq.com', V2],
  ['UK1', DatadogSite.UK1, 'uk1.datadoghq.com', V2],
  ['US1_FED', DatadogSite.US1_FED, 'ddog-gov.com', V1],
  ['US2_FED', DatadogSite.US2_FED, 'us2.ddog-gov.com', V2],
];

test('there are nine sites', () => {
  const statics = Object.values(DatadogSite).filter((value) => value instanceof DatadogSite);
  expect(statics).toEqual(SITES.map(([, site]) => site));
});

describe.each(SITES)('%s', (_name, site, domain, firehosePath) => {
  test('names its hosts', () => {
    expect({
      domain: site.domain,
      text: `${site}`,
      apiUrl: site.apiUrl,
      logsIntakeHost: site.logsIntakeHost,
      logsIntakeUrl: site.logsIntakeUrl,
      agentLogsHost: site.agentLogsHost,
      traceUrl: site.traceUrl,
      processUrl: site.processUrl,
      orchestratorUrl: site.orchestratorUrl,
      metricStreamsUrl: site.metricStreamsUrl,
      logsFirehoseUrl: site.logsFirehoseUrl,
    }).toEqual({
      domain,
      text: domain,
      apiUrl: `https://api.${domain}`,
      logsIntakeHost: `http-intake.logs.${domain}`,
      logsIntakeUrl: `https://http-intake.logs.${domain}/api/v2/logs`,
      agentLogsHost: `agent-http-intake.logs.${domain}`,
      traceUrl: `https://trace.agent.${domain}`,
      processUrl: `https://process.${domain}`,
      orchestratorUrl: `https://orchestrator.${domain}`,
      metricStreamsUrl: `https://awsmetrics-intake.${domain}/api/v2/awsmetrics?dd-protocol=aws-kinesis-firehose`,
      logsFirehoseUrl: `https://aws-kinesis-http-intake.logs.${domain}${firehosePath}`,
    });
  });

  test('is the same by its domain', () => {
    expect(DatadogSite.of(domain)).toEqual(site);
  });
});

describe('of', () => {
  test('derives every host of a site that is not known', () => {
    const site = DatadogSite.of('me1.datadoghq.com');
    expect(site.logsIntakeUrl).toBe('https://http-intake.logs.me1.datadoghq.com/api/v2/logs');
    expect(site.logsFirehoseUrl).toBe(`https://aws-kinesis-http-intake.logs.me1.datadoghq.com${V2}`);
  });

  test.each([
    '', ' ', 'eu', 'EU1', 'datadoghq', 'Datadoghq.eu', 'https://datadoghq.eu', 'datadoghq.eu/', 'datadoghq.eu:443', '.datadoghq.eu', 'datadoghq..eu',
    '-a.eu', 'a-.eu', 'datadoghq.eu.', 'app datadoghq.eu', 'datadoghq.eu\n', `${'a'.repeat(64)}.eu`, `${'a.'.repeat(126)}eu`, '10.0.0.1', 'dätadog.eu',
  ])('fails on %j', (domain) => {
    expect(() => DatadogSite.of(domain)).toThrow(new Error(`'site' must be a domain name such as 'datadoghq.eu', got: '${domain}'`));
  });

  test('takes a token, also inside a string', () => {
    const stack = new Stack(new App(), 'S');
    const parameter = new CfnParameter(stack, 'Site').valueAsString;
    expect(stack.resolve(DatadogSite.of(parameter).apiUrl)).toEqual({ 'Fn::Join': ['', ['https://api.', { Ref: 'Site' }]] });
    expect(stack.resolve(DatadogSite.of(`${parameter}.datadoghq.com`).logsIntakeHost))
      .toEqual({ 'Fn::Join': ['', ['http-intake.logs.', { Ref: 'Site' }, '.datadoghq.com']] });
  });
});
