// SPDX-License-Identifier: Apache-2.0
export * from './agent';
export * from './alarms';
export * from './datadog';
export * from './integration';
export * from './logs';
export { MonitoredCluster, type MonitoredClusterProps } from './monitored-cluster';
