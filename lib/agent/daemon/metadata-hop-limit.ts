// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { DaemonHost } from './daemon-host';
import { LaunchSettings, instanceGroups, launchSettings } from './instance-groups';

/**
 * Warns of instances whose metadata no container outside of the host's network can read: the Agent then finds neither host tags nor the host's name.
 * To be asked when all Aspects have run, since CDK requires tokens in one. Of instances that are made elsewhere nothing is known.
 */
export function warnOfHopLimit(scope: Construct, cluster: ecs.ICluster, host: DaemonHost): void {
  if (host.compatibility !== ecs.Compatibility.EC2 || host.networkMode === ecs.NetworkMode.HOST) {
    return;
  }
  const groups = instanceGroups(scope, cluster).filter(({ osType }) => osType === host.osFamily);
  // Windows has no network of the host's to be in.
  const instead = host.osType === 'linux' ? `, or networkMode of '${scope.node.path}' to ecs.NetworkMode.HOST` : '';
  for (const group of groups.filter((candidate) => launchSettings(candidate).some(isOutOfReach))) {
    Annotations.of(group).addWarningV2('cdk-ecs-datadog:metadataHopLimit',
      'the metadata of an instance does not reach containers, which are one hop further, so the Agent finds neither host tags nor the host\'s name: set '
      + `httpPutResponseHopLimit of the launch template to 2${instead}`);
  }
}

/** Hops count for tokens only: where none is required, the Agent asks without one. */
function isOutOfReach({ imageId, metadataOptions = {} }: LaunchSettings): boolean {
  const { httpTokens, httpPutResponseHopLimit } = metadataOptions;
  if (httpPutResponseHopLimit !== undefined) {
    return httpPutResponseHopLimit === 1 && httpTokens !== 'optional';
  }
  return httpTokens === 'required' && !allowsTwoHops(imageId);
}

/**
 * EC2's default is one hop, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html, but two for images
 * with `ImdsSupport`, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html, such as those of Amazon Linux 2023. A public image goes by its path.
 */
function allowsTwoHops(imageId: unknown): boolean {
  return /amazon-?linux-?2023|al2023/i.test(JSON.stringify(imageId) ?? '');
}
