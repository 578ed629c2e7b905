// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { AgentPlatform } from '../agent-platform';

const PREFIX = 'com.datadoghq.ad.';

/** Beside an application on Managed Instances the Agent does not read labels, https://docs.datadoghq.com/containers/amazon_ecs/managed_instances/. */
export function warnOfUnreadLabels(platform: AgentPlatform, containers: ecs.ContainerDefinition[]): void {
  if (platform !== AgentPlatform.MANAGED_SIDECAR) {
    return;
  }
  for (const container of containers) {
    const labels = Object.keys(container.renderContainerDefinition().dockerLabels ?? {});
    if (labels.some((label) => label.startsWith(PREFIX))) {
      Annotations.of(container).addWarningV2('cdk-ecs-datadog:labelsOnManagedSidecar',
        `the Autodiscovery labels of container '${container.containerName}' have no reader beside an application on Managed Instances: `
        + 'use AgentManagedDaemon, or put the check into a configuration file of the Agent\'s image');
    }
  }
}
