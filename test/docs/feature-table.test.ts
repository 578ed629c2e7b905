// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS, FEATURE_TABLE, PLATFORMS, cell, renderFeatureTable } from './feature-table';
import { AgentFeature, AgentPlatform } from '../../lib/agent';

const { EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON, MANAGED_SIDECAR, FARGATE_SIDECAR, FARGATE_WINDOWS_SIDECAR } = AgentPlatform;
const LINUX = [EC2_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON, MANAGED_SIDECAR, FARGATE_SIDECAR];

/** What must work, whatever else changes. */
const REQUIRED: { readonly [feature: string]: AgentPlatform[] } = {
  'apm': PLATFORMS,
  'dogstatsd': PLATFORMS,
  'ecs-explorer': PLATFORMS,
  'live-containers': PLATFORMS,
  'profiling': PLATFORMS,
  'data-streams': PLATFORMS,
  'app-and-api-protection': PLATFORMS,
  'llm-observability': PLATFORMS,
  'otlp': PLATFORMS,
  'jmx': PLATFORMS,
  'remote-configuration': PLATFORMS,
  'container-tags': PLATFORMS,
  'processes': LINUX,
  'fips': LINUX,
  'logs': [EC2_DAEMON, EC2_WINDOWS_DAEMON, EXTERNAL_DAEMON],
  'network-monitoring': [EC2_DAEMON, EXTERNAL_DAEMON, MANAGED_DAEMON],
  'network-path': [EC2_DAEMON, EXTERNAL_DAEMON],
  'universal-service-monitoring': [EC2_DAEMON, EXTERNAL_DAEMON],
  'workload-protection': [EC2_DAEMON, EXTERNAL_DAEMON, FARGATE_SIDECAR],
  'compliance': [EC2_DAEMON, EXTERNAL_DAEMON],
  'sbom': [EC2_DAEMON, EXTERNAL_DAEMON],
  'custom-checks': [EC2_DAEMON, EXTERNAL_DAEMON],
  'resource-tags': [EC2_DAEMON, EC2_WINDOWS_DAEMON],
  'ec2-tags': [EC2_DAEMON, EC2_WINDOWS_DAEMON],
};

test('the table is the one that the code gives', () => {
  expect(readFileSync(join(__dirname, '../..', FEATURE_TABLE), 'utf-8')).toBe(renderFeatureTable());
});

test('holds every feature that is offered', () => {
  const offered = Object.getOwnPropertyNames(AgentFeature).filter((name) => /^[a-z]/.test(name) && !['length', 'name', 'prototype', 'of', 'recommended'].includes(name));
  expect(DEFINITIONS).toHaveLength(offered.length);
  expect(DEFINITIONS.map(({ name }) => name).sort()).toEqual(Object.keys(REQUIRED).sort());
});

describe.each(DEFINITIONS)('$name', (definition) => {
  test.each(PLATFORMS)('on a %s is rendered, or has a reason and a source', (platform) => {
    const content = cell(definition, platform);
    if (REQUIRED[definition.name].includes(platform)) {
      expect(content).toEqual(expect.stringMatching(/./));
    } else {
      expect(content).toMatchObject({ reason: expect.stringMatching(/./), source: expect.stringMatching(/^https:\/\/docs\.(datadoghq|aws\.amazon)\.com\//) });
    }
  });
});

test('Windows on Fargate has what every platform has', () => {
  expect(DEFINITIONS.filter((definition) => typeof cell(definition, FARGATE_WINDOWS_SIDECAR) === 'string').map(({ name }) => name)).toEqual(
    Object.keys(REQUIRED).filter((name) => REQUIRED[name] === PLATFORMS).sort());
});
