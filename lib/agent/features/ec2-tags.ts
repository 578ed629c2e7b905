// SPDX-License-Identifier: Apache-2.0
import * as iam from 'aws-cdk-lib/aws-iam';
import { FeatureDefinition } from './feature-definition';
import { notDocumentedForManagedDaemons } from './system-probe';
import { besideApplications, on } from './unsupported';
import { AgentPlatform } from '../agent-platform';

/** Options of `AgentFeature.ec2Tags`. */
export interface Ec2TagsOptions {
  /**
   * Whether tags come from the metadata of the instance, which needs no permission. The instances must allow tags there (`InstanceMetadataTags`), and a hop
   * limit of 2 or more unless the daemon is in network mode `host`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
   * @default false
   */
  readonly instanceMetadata?: boolean;
}

const SOURCE = 'https://docs.datadoghq.com/containers/docker/';

export const ec2Tags: FeatureDefinition<Ec2TagsOptions> = {
  name: 'ec2-tags',
  unsupported: {
    ...besideApplications({ reason: 'an Agent beside an application has no instance of its own to report', source: SOURCE }),
    ...on([AgentPlatform.EXTERNAL_DAEMON], { reason: 'an external instance is none of EC2', instead: "the property 'tags'", source: SOURCE }),
    ...notDocumentedForManagedDaemons(),
  },

  bind({ instanceMetadata = false }) {
    return {
      environment: { DD_COLLECT_EC2_TAGS: 'true', ...(instanceMetadata ? { DD_COLLECT_EC2_TAGS_USE_IMDS: 'true' } : {}) },
      // The Agent asks with the role of its task before it asks with that of the instance. The action knows no narrower resource:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html.
      taskRolePolicy: instanceMetadata ? [] : [new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] })],
    };
  },
};
