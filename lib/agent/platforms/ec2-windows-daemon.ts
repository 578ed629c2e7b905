// SPDX-License-Identifier: Apache-2.0
import { PlatformDefinition } from './platform-definition';

const DOCKER_PIPE = '\\\\.\\pipe\\docker_engine';

/** https://docs.datadoghq.com/containers/amazon_ecs/ */
export const ec2WindowsDaemon: PlatformDefinition = {
  runsWindows: true,
  isDaemon: true,
  environment: {},
  mounts: [{ volumeName: 'docker_sock', hostPath: DOCKER_PIPE, containerPath: DOCKER_PIPE }],
};
