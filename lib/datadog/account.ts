// SPDX-License-Identifier: Apache-2.0
import { DatadogEndpoints, checkEndpoints } from './endpoints';
import { DatadogProxy, checkProxy } from './proxy';
import { DatadogSecret } from './secret';
import { DatadogSite } from './site';

/** Properties of a `DatadogAccount`. */
export interface DatadogAccountProps {
  /** The key that Agents and forwarders send with. */
  readonly apiKey: DatadogSecret;

  /**
   * An application key, for monitors, SLOs and downtimes, which are kept through Datadog's API. Sending data needs none.
   *
   * @default - none
   */
  readonly applicationKey?: DatadogSecret;

  /**
   * The site that the organization lives on.
   *
   * @default DatadogSite.US1
   */
  readonly site?: DatadogSite;

  /**
   * Addresses that replace the site's own, for PrivateLink, Observability Pipelines or tests.
   *
   * @default - every address derives from the site
   */
  readonly endpoints?: DatadogEndpoints;

  /**
   * The proxy that everything sends through.
   *
   * @default - none
   */
  readonly proxy?: DatadogProxy;

  /**
   * Where Datadog's images are pulled from: a mirror or a pull-through cache, without a trailing slash.
   * The execution role's pull rights on a private registry are yours to grant.
   *
   * @default 'public.ecr.aws/datadog'
   */
  readonly imageRegistry?: string;
}

/** Who is reported to: one Datadog organization, and how AWS reaches it. */
export class DatadogAccount {
  /** The site that the organization lives on. */
  public readonly site: DatadogSite;

  /** The key that Agents and forwarders send with. */
  public readonly apiKey: DatadogSecret;

  /** The application key, where one was given. */
  public readonly applicationKey?: DatadogSecret;

  /** Addresses that replace the site's own. */
  public readonly endpoints: DatadogEndpoints;

  /** The proxy that everything sends through, where one was given. */
  public readonly proxy?: DatadogProxy;

  /** Where Datadog's images are pulled from. */
  public readonly imageRegistry: string;

  /** @throws if an endpoint or the proxy is not a URL or holds a credential, or if the image registry is not the name of a registry */
  constructor(props: DatadogAccountProps) {
    checkEndpoints(props.endpoints);
    checkProxy(props.proxy);
    this.site = props.site ?? DatadogSite.US1;
    this.apiKey = props.apiKey;
    this.applicationKey = props.applicationKey;
    this.endpoints = { ...props.endpoints };
    this.proxy = props.proxy;
    this.imageRegistry = props.imageRegistry ?? 'public.ecr.aws/datadog';
    checkRegistry(this.imageRegistry);
  }
}

function checkRegistry(registry: string): void {
  if (registry === '' || registry.endsWith('/') || /^[a-z]+:\/\//.test(registry)) {
    throw new Error(`'imageRegistry' must be a registry such as 'registry.example/datadog', without scheme and trailing slash, got: '${registry}'`);
  }
}
