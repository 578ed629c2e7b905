// SPDX-License-Identifier: Apache-2.0
import { ec2Daemon } from './ec2-daemon';
import { PlatformDefinition } from './platform-definition';

/** Docker on a machine of the user's own: to the Agent the same as EC2, https://docs.datadoghq.com/containers/amazon_ecs/. */
export const externalDaemon: PlatformDefinition = ec2Daemon;
