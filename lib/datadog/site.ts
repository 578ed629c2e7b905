// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';

/**
 * The Datadog site that an organization lives on. Every host name that this library writes derives from it.
 *
 * @see https://docs.datadoghq.com/getting_started/site/
 */
export class DatadogSite {
  /** United States, `datadoghq.com`. */
  public static readonly US1 = new DatadogSite('datadoghq.com');

  /** United States on Azure, `us3.datadoghq.com`. */
  public static readonly US3 = new DatadogSite('us3.datadoghq.com');

  /** United States on Google Cloud, `us5.datadoghq.com`. */
  public static readonly US5 = new DatadogSite('us5.datadoghq.com');

  /** European Union, `datadoghq.eu`. */
  public static readonly EU1 = new DatadogSite('datadoghq.eu');

  /** Asia Pacific (Japan), `ap1.datadoghq.com`. */
  public static readonly AP1 = new DatadogSite('ap1.datadoghq.com');

  /** Asia Pacific (Australia), `ap2.datadoghq.com`. */
  public static readonly AP2 = new DatadogSite('ap2.datadoghq.com');

  /** United Kingdom, `uk1.datadoghq.com`. */
  public static readonly UK1 = new DatadogSite('uk1.datadoghq.com');

  /** United States government, `ddog-gov.com`. */
  public static readonly US1_FED = new DatadogSite('ddog-gov.com');

  /** United States government, `us2.ddog-gov.com`. */
  public static readonly US2_FED = new DatadogSite('us2.ddog-gov.com');

  /**
   * A site that this version of the library does not know.
   *
   * @param domain the site's domain name, for example `us3.datadoghq.com`; a token is taken as it is
   * @throws if it is not a domain name
   */
  public static of(domain: string): DatadogSite {
    if (!Token.isUnresolved(domain) && !DOMAIN_NAME.test(domain)) {
      throw new Error(`'site' must be a domain name such as 'datadoghq.eu', got: '${domain}'`);
    }
    return new DatadogSite(domain);
  }

  private constructor(
    /** The site's domain name, the value of `DD_SITE`. */
    public readonly domain: string,
  ) {}

  /** Base address of Datadog's API. */
  public get apiUrl(): string {
    return `https://api.${this.domain}`;
  }

  /** Host of the HTTP logs intake, as the forwarder uses it. */
  public get logsIntakeHost(): string {
    return `http-intake.logs.${this.domain}`;
  }

  /** Address of the logs intake, version 2. */
  public get logsIntakeUrl(): string {
    return `https://${this.logsIntakeHost}/api/v2/logs`;
  }

  /** Host that the Agent sends logs to. */
  public get agentLogsHost(): string {
    return `agent-http-intake.logs.${this.domain}`;
  }

  /** Address that the Agent sends traces to. */
  public get traceUrl(): string {
    return `https://trace.agent.${this.domain}`;
  }

  /** Address that the Agent sends processes and containers to. */
  public get processUrl(): string {
    return `https://process.${this.domain}`;
  }

  /** Address that the Agent sends ECS tasks to. */
  public get orchestratorUrl(): string {
    return `https://orchestrator.${this.domain}`;
  }

  /** Address for CloudWatch metric streams, a Firehose HTTP endpoint. */
  public get metricStreamsUrl(): string {
    return `https://awsmetrics-intake.${this.domain}/api/v2/awsmetrics?dd-protocol=aws-kinesis-firehose`;
  }

  /** Address for logs from Firehose. The oldest sites kept an older path. */
  public get logsFirehoseUrl(): string {
    const path = FIREHOSE_V1_SITES.includes(this.domain) ? 'v1/input' : 'api/v2/logs?dd-protocol=aws-kinesis-firehose';
    return `https://aws-kinesis-http-intake.logs.${this.domain}/${path}`;
  }

  /** The site's domain name. */
  public toString(): string {
    return this.domain;
  }
}

/** At least two dot-separated labels, without scheme, port or path. */
const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** https://docs.datadoghq.com/logs/guide/send-aws-services-logs-with-the-datadog-kinesis-firehose-destination/ */
const FIREHOSE_V1_SITES = ['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com'];
