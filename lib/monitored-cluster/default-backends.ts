// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import { AlertBackend, EcsAlarms } from '../alarms';
import { warnOfSilence } from '../alarms/silent-alarms';
import { DatadogAccount } from '../datadog';

/** Who watches the rules where the user does not say: everybody who can. */
export function defaultBackends(datadog: DatadogAccount): AlertBackend[] {
  return [AlertBackend.cloudWatch(), ...(datadog.applicationKey ? [AlertBackend.datadog({ account: datadog })] : [])];
}

/** Whom they notify is not known, and whether there are monitors depends on a key: both are said. */
export function warnOfDefaultBackends(alarms: EcsAlarms, datadog: DatadogAccount): void {
  warnOfSilence(alarms);
  if (!datadog.applicationKey) {
    Annotations.of(alarms).addWarningV2('cdk-ecs-datadog:noDatadogMonitors',
      "these are CloudWatch alarms only, since the DatadogAccount has no 'applicationKey': add one, for example "
      + "DatadogSecret.fromSecretsManager(secret, 'app-key'), to have Datadog monitors too, or set 'alertBackends'");
  }
}
