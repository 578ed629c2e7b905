// SPDX-License-Identifier: Apache-2.0
import { Unsupported } from './feature-definition';
import { notDocumentedForManagedDaemons } from './system-probe';
import { besideApplications, on } from './unsupported';
import { AgentPlatform } from '../agent-platform';

const SOURCE = 'https://docs.datadoghq.com/security/cloud_security_management/setup/agent/ecs_ec2/';

/** What looks at the files and images of a container instance, which Datadog documents for Linux on EC2. */
export function onInstancesOnly(): { [platform in AgentPlatform]?: Unsupported } {
  return {
    ...besideApplications({ reason: 'an Agent beside an application sees neither the files nor the images of its host', source: SOURCE }),
    ...on([AgentPlatform.EC2_WINDOWS_DAEMON], { reason: 'on ECS Datadog documents it for Linux instances', source: SOURCE }),
    ...notDocumentedForManagedDaemons(),
  };
}
