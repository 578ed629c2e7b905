// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** A container whose output Docker writes to the instance's disk without end, unless the daemon's own configuration, which no app knows, says otherwise. */
function isUnbounded({ logDriverConfig }: ecs.ContainerDefinition): boolean {
  // Without a driver Docker takes its default, `json-file` with no limit: https://docs.docker.com/engine/logging/drivers/json-file/.
  return logDriverConfig === undefined || (logDriverConfig.logDriver === 'json-file' && logDriverConfig.options?.['max-size'] === undefined);
}

/** Warns of containers that fill the disk of the instance that an Agent tails them on. */
export function warnOfUnboundedLogFiles(containers: ecs.ContainerDefinition[]): void {
  for (const container of containers.filter(isUnbounded)) {
    Annotations.of(container).addWarningV2('cdk-ecs-datadog:unboundedLogFile',
      `container '${container.containerName}' writes its output to the instance's disk until that is full, unless the instance's Docker is configured otherwise: `
      + "set logging: ecs.LogDrivers.jsonFile({ maxSize: '10m', maxFile: 3 })");
  }
}
