// SPDX-License-Identifier: Apache-2.0
import { fargateSidecar } from './fargate-sidecar';
import { PlatformDefinition } from './platform-definition';

/** https://docs.datadoghq.com/integrations/ecs_fargate/ */
export const fargateWindowsSidecar: PlatformDefinition = {
  ...fargateSidecar,
  runsWindows: true,
  // Fargate takes the image's as a Linux path otherwise.
  workingDirectory: 'C:\\',
};
