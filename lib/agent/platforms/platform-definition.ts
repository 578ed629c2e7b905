// SPDX-License-Identifier: Apache-2.0
import { AgentMount } from '../agent-feature-config';

/** What is the same for every Agent on a platform, whatever it does there. */
export interface PlatformDefinition {
  /** Windows has neither Unix sockets nor the tools of the Linux image. */
  readonly runsWindows: boolean;

  /** Whether one Agent serves all tasks of a host; otherwise it stands beside one application. */
  readonly isDaemon: boolean;

  /** What the Agent is told of the place where it runs. */
  readonly environment: { readonly [name: string]: string };

  /** The container runtime, processes and resource limits of the host, as far as there is a host to see. */
  readonly mounts: AgentMount[];

  /** Where applications find the Agent on the network, if that is the same for each of them. */
  readonly agentHost?: string;

  /** Where the Agent's process starts, if the image does not say it. */
  readonly workingDirectory?: string;
}
