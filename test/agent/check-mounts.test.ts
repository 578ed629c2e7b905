// SPDX-License-Identifier: Apache-2.0
import { planOn } from './plan-fixture';
import { AgentFeature, AgentFeatureConfig, AgentPlatform } from '../../lib/agent';

const HOST_PATH = { volumeName: 'v', hostPath: '/v', containerPath: '/v' };
const DOCKER_VOLUME = { volumeName: 'v', dockerVolume: true, containerPath: '/v' };
const OF_THE_TASK = { volumeName: 'v', containerPath: '/v' };

const plan = (platform: AgentPlatform, config: AgentFeatureConfig) => planOn(platform, AgentFeature.of('own', config));
const { FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR, MANAGED_SIDECAR, MANAGED_DAEMON, EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON } = AgentPlatform;

describe('what ECS would refuse at deployment is refused before', () => {
  test.each([FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR])('a path of the host on a %s, for the Agent or its applications', (platform) => {
    const message = `'features' of a ${platform} must not mount paths of a host, since Fargate has none, got: '/v' for 'v'`;
    expect(() => plan(platform, { mounts: [HOST_PATH] })).toThrow(message);
    expect(() => plan(platform, { applicationMounts: [HOST_PATH] })).toThrow(message);
  });

  test.each([FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR, MANAGED_SIDECAR, MANAGED_DAEMON])('a Docker volume on a %s', (platform) => {
    expect(() => plan(platform, { mounts: [DOCKER_VOLUME] })).toThrow(`'features' of a ${platform} must not mount Docker volumes`);
  });

  test('a volume that is both', () => {
    expect(() => plan(EC2_DAEMON, { mounts: [{ ...HOST_PATH, dockerVolume: true }] })).toThrow(
      "must mount either a path of the host or a Docker volume, got: both for 'v'");
  });
});

describe('the rest is mounted', () => {
  test.each([EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON, MANAGED_SIDECAR])('a path of the host on a %s', (platform) => {
    expect(plan(platform, { mounts: [HOST_PATH] }).mounts).toContainEqual({ ...HOST_PATH, readOnly: true });
  });

  test.each([EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON])('a Docker volume on a %s', (platform) => {
    expect(plan(platform, { mounts: [DOCKER_VOLUME] }).mounts).toContainEqual({ ...DOCKER_VOLUME, readOnly: true });
  });

  test.each(Object.values(AgentPlatform))('a volume of the task on a %s', (platform) => {
    expect(plan(platform, { mounts: [OF_THE_TASK] }).mounts).toContainEqual({ ...OF_THE_TASK, readOnly: true });
  });
});
