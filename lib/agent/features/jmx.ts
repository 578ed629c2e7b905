// SPDX-License-Identifier: Apache-2.0
import { FeatureDefinition } from './feature-definition';
import { AgentImageFlavor } from '../agent-image-flavor';

/**
 * The image is another one, https://docs.datadoghq.com/containers/guide/autodiscovery-with-jmx/. A heap of 200 MiB, the default of
 * https://docs.datadoghq.com/integrations/java/, does not fit into the usual sidecar.
 */
export const jmx: FeatureDefinition<object> = {
  name: 'jmx',

  bind() {
    return { imageFlavor: AgentImageFlavor.JMX, memoryLimitMiB: 512 };
  },
};
