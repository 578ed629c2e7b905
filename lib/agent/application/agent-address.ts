// SPDX-License-Identifier: Apache-2.0
import { AgentPlatform } from '../agent-platform';

const UNKNOWN = 'the address of the container instance is not known before the task runs';

/** https://docs.datadoghq.com/containers/amazon_ecs/apm/, which has this for EC2; an instance that asks for tokens needs one more call. */
const FROM_METADATA = "['sh', '-c', 'export DD_AGENT_HOST=$(curl -sm 2 http://169.254.169.254/latest/meta-data/local-ipv4); exec …']";
const PAGE = '(docs/agent-host-address.md, https://docs.datadoghq.com/containers/amazon_ecs/apm/)';

/** What to do where a task has to find out the address of its instance's Agent itself. */
export function agentHostAdvice(platform: AgentPlatform | undefined): string {
  switch (platform) {
    // It has neither sockets nor a shell of this kind.
    case AgentPlatform.EC2_WINDOWS_DAEMON: return `${UNKNOWN}: set DD_AGENT_HOST from the instance metadata in the entry point ${PAGE}`;
    // There is no metadata of EC2 to ask.
    case AgentPlatform.EXTERNAL_DAEMON: return `${UNKNOWN}: use AgentTransport.UNIX_SOCKET, or give the task the network mode HOST`;
    default: return `${UNKNOWN}: set DD_AGENT_HOST in the entry point, for example with entryPoint: ${FROM_METADATA}, give the task the network mode HOST, `
      + `or use AgentTransport.UNIX_SOCKET ${PAGE}`;
  }
}

/** The same for an address that is told as a URL. */
export function agentUrlAdvice(platform: AgentPlatform | undefined, name: string, url: string): string {
  const host = platform === AgentPlatform.EC2_WINDOWS_DAEMON ? '' : ', or give the task the network mode HOST';
  const metadata = platform === AgentPlatform.EXTERNAL_DAEMON ? '' : ' from the instance metadata';
  return `${UNKNOWN}: set ${name} to '${url}'${metadata} in the entry point${host} ${PAGE}`;
}
