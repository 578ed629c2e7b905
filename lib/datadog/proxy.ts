// SPDX-License-Identifier: Apache-2.0
import { checkUrl } from '../private/url-syntax';

/**
 * A web proxy between AWS and Datadog. It has to let the tasks and functions through without a user name and password, since both would stand in
 * templates: restrict it by security group or network instead.
 */
export interface DatadogProxy {
  /** The proxy's address for HTTPS traffic, for example `http://proxy.internal:3128`. All of Datadog's own intakes speak HTTPS. */
  readonly https: string;

  /**
   * The proxy's address for plain HTTP traffic.
   *
   * @default - the same as for HTTPS
   */
  readonly http?: string;

  /**
   * Hosts that are reached directly. The metadata addresses of AWS always are and need not be listed.
   *
   * @default - none
   */
  readonly noProxy?: string[];
}

/** Throws on an address that is no URL or that holds a credential. */
export function checkProxy(proxy: DatadogProxy | undefined): void {
  checkUrl('proxy.https', proxy?.https);
  checkUrl('proxy.http', proxy?.http);
}

/** The proxy as the Agent reads it, https://docs.datadoghq.com/agent/configuration/proxy/. */
export function agentProxyEnvironment(proxy: DatadogProxy | undefined): { [name: string]: string } {
  if (!proxy) {
    return {};
  }
  return {
    DD_PROXY_HTTPS: proxy.https,
    DD_PROXY_HTTP: proxy.http ?? proxy.https,
    ...(proxy.noProxy?.length ? { DD_PROXY_NO_PROXY: proxy.noProxy.join(' ') } : {}),
  };
}

/** The proxy as a Lambda function reads it. */
export function lambdaProxyEnvironment(proxy: DatadogProxy | undefined): { [name: string]: string } {
  if (!proxy) {
    return {};
  }
  return {
    HTTPS_PROXY: proxy.https,
    HTTP_PROXY: proxy.http ?? proxy.https,
    ...(proxy.noProxy?.length ? { NO_PROXY: proxy.noProxy.join(',') } : {}),
  };
}
