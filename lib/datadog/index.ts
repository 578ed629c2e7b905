// SPDX-License-Identifier: Apache-2.0
export { DatadogAccount, type DatadogAccountProps } from './account';
export type { DatadogEndpoints } from './endpoints';
export type { DatadogProxy } from './proxy';
export { DatadogSecret } from './secret';
export { DatadogSite } from './site';
export * from './resources';
