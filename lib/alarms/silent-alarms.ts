// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Says that nobody was said to be told. */
export function warnOfSilence(alarms: Construct): void {
  Annotations.of(alarms).addWarningV2('cdk-ecs-datadog:alarmsWithoutActions',
    "these alarms notify nobody: set 'backends' ('alertBackends' of a MonitoredCluster), for example [AlertBackend.cloudWatch({ topics: [onCall] })]");
}
