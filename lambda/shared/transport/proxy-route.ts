// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import { ProxySettings } from './proxy-settings';

/** The proxy for an address, or `undefined` when it is reached directly. */
export function proxyFor(url: URL, settings: ProxySettings): URL | undefined {
  const proxy = url.protocol === 'https:' ? settings.https : settings.http;
  if (!proxy || isDirect(url, settings.noProxy ?? '')) {
    return undefined;
  }
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** `NO_PROXY` lists hosts; each stands for its subdomains too, with or without a leading dot, and may carry a port. `*` is everything. */
function isDirect(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy.toLowerCase().split(/[\s,]+/).filter(Boolean).some((entry) => {
    // An IPv6 address carries a port only in brackets.
    const [, name = entry, entryPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const domain = name.replace(/^\[|\]$|^\*?\./g, '');
    return entry === '*' || ((!entryPort || entryPort === port) && (host === domain || host.endsWith(`.${domain}`)));
  });
}

export function requestTo(url: URL): typeof http.request {
  return url.protocol === 'https:' ? https.request : http.request;
}

export function proxyCredentials(proxy: URL): { 'proxy-authorization'?: string } {
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return user === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` };
}
