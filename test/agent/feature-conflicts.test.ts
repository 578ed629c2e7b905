// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { pureAccount } from './pure-account';
import { AgentFeature, AgentFeatureConfig, AgentPlatform, AgentTransport } from '../../lib/agent';
import { planAgent } from '../../lib/agent/agent-plan';

/** A feature as a user may write one. */
class OwnFeature extends AgentFeature {
  constructor(public readonly name: string, private readonly config: AgentFeatureConfig) {
    super();
  }

  public bind() {
    return this.config;
  }
}

function plan(...features: AgentFeature[]) {
  return planAgent({ platform: AgentPlatform.EC2_DAEMON, datadog: pureAccount() }, { features });
}

describe('the same feature twice', () => {
  test('with different options is an error that names it', () => {
    expect(() => plan(AgentFeature.apm(), AgentFeature.apm({ transport: AgentTransport.NETWORK }))).toThrow(
      "'features' must hold each feature once, got: 'apm' twice with different options");
  });

  test.each([
    ['equal options', AgentFeature.apm({ transport: AgentTransport.NETWORK }), AgentFeature.apm({ transport: AgentTransport.NETWORK })],
    ['a default that is written out', AgentFeature.apm(), AgentFeature.apm({ transport: AgentTransport.UNIX_SOCKET })],
    ['an absent option as another language passes it', AgentFeature.processes(), AgentFeature.processes({ stripArguments: undefined })],
    ['a feature of the user', new OwnFeature('own', { environment: { A: '1' } }), new OwnFeature('own', { environment: { A: '1' } })],
  ])('is one with %s', (_name, first, second) => {
    expect(plan(first, second)).toEqual(plan(first));
  });
});

describe('two features that contradict each other are an error, since no order decides between them', () => {
  const mount = { volumeName: 'v', hostPath: '/v', containerPath: '/v' };
  test.each<[string, AgentFeatureConfig, AgentFeatureConfig, string]>([
    ['a setting of the Agent', { environment: { A: '1' } }, { environment: { A: '2' } }, "A, got: '1' and '2'"],
    ['a setting of applications', { applicationEnvironment: { A: '1' } }, { applicationEnvironment: { A: '2' } }, "A, got: '1' and '2'"],
    ['a path', { mounts: [mount] }, { mounts: [{ ...mount, volumeName: 'w' }] }, "/v, got: 'v' and 'w'"],
    ['a volume', { mounts: [mount] }, { mounts: [{ ...mount, hostPath: '/w', containerPath: '/w' }] }, "volume v, got: '/v' and '/w'"],
    ['the process namespace', { pidMode: ecs.PidMode.HOST }, { pidMode: ecs.PidMode.TASK }, "pidMode, got: 'host' and 'task'"],
  ])('over %s', (_name, a, b, got) => {
    expect(() => plan(new OwnFeature('a', a), new OwnFeature('b', b))).toThrow(`'features' must agree on ${got}`);
  });

  test('what they agree on is there once, writable if one writes', () => {
    const ports = [{ port: 4317, protocol: ecs.Protocol.TCP }];
    const both = plan(
      new OwnFeature('a', { mounts: [mount], ports, environment: { A: '1' } }),
      new OwnFeature('b', { mounts: [{ ...mount, readOnly: false }], ports, environment: { A: '1' } }),
      new OwnFeature('c', { mounts: [mount] }),
    );
    expect(both.mounts.filter(({ volumeName }) => volumeName === 'v')).toEqual([{ ...mount, readOnly: false }]);
    expect(both.ports).toEqual(ports);
  });
});
