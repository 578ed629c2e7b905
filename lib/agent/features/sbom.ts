// SPDX-License-Identifier: Apache-2.0
import { onInstancesOnly } from './cloud-security';
import { FeatureDefinition } from './feature-definition';
import { HOST_ROOT_ENVIRONMENT, HOST_ROOT_MOUNT } from './system-probe';

/** Options of `AgentFeature.sbom`. */
export interface SbomOptions {
  /**
   * Whether the packages of the instances are listed. The Agent then reads the files of the whole host.
   *
   * @default true
   */
  readonly hosts?: boolean;

  /**
   * Whether the packages of the container images are listed.
   *
   * @default true
   */
  readonly containerImages?: boolean;
}

/** https://docs.datadoghq.com/security/cloud_security_management/setup/agent/ecs_ec2/ */
export const sbom: FeatureDefinition<SbomOptions> = {
  name: 'sbom',
  unsupported: onInstancesOnly(),

  bind({ hosts = true, containerImages = true }) {
    if (!hosts && !containerImages) {
      throw new Error("'hosts' or 'containerImages' of AgentFeature.sbom() must be true, got: 'false' for both");
    }
    return {
      environment: {
        DD_SBOM_ENABLED: 'true',
        DD_SBOM_HOST_ENABLED: String(hosts),
        DD_SBOM_CONTAINER_IMAGE_ENABLED: String(containerImages),
        ...(containerImages ? { DD_CONTAINER_IMAGE_ENABLED: 'true' } : {}),
        ...(hosts ? HOST_ROOT_ENVIRONMENT : {}),
      },
      mounts: hosts ? [HOST_ROOT_MOUNT] : [],
    };
  },
};
