// SPDX-License-Identifier: Apache-2.0
export { DatadogAwsIntegration, type DatadogAwsIntegrationProps } from './datadog-aws-integration';
