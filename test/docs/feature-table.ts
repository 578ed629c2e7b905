// SPDX-License-Identifier: Apache-2.0
import { AgentFeatureConfig, AgentMount, AgentPlatform } from '../../lib/agent';
import * as features from '../../lib/agent/features';
import { FeatureDefinition, Unsupported } from '../../lib/agent/features/feature-definition';
import { DatadogSite } from '../../lib/datadog';
import { pureAccount } from '../agent/pure-account';

/** Where the table is, from the root of the repository. */
export const FEATURE_TABLE = 'docs/agent-features.md';

/** What a feature needs to be told, and where it may be asked for. */
const OPTIONS: { readonly [feature: string]: object } = {
  'container-tags': { labelsAsTags: { 'com.example.team': 'team' } },
  'custom-checks': { checksDirectory: '/opt/checks.d', configurationDirectory: '/opt/conf.d' },
};
const SITES: { readonly [feature: string]: DatadogSite } = { fips: DatadogSite.US1_FED };

export const PLATFORMS = Object.values(AgentPlatform);

/** All features of the library, by name. */
export const DEFINITIONS: FeatureDefinition<any>[] = Object.values(features)
  .filter((value): value is FeatureDefinition<any> => typeof value === 'object' && 'bind' in value)
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** What a feature renders on a platform; or why it does not. */
export function cell(definition: FeatureDefinition<any>, platform: AgentPlatform): string | Unsupported {
  const datadog = pureAccount({ site: SITES[definition.name] });
  return definition.unsupported?.[platform] ?? describe(definition.bind(OPTIONS[definition.name] ?? {}, { platform, datadog }));
}

export function renderFeatureTable(): string {
  const header = ['Feature', ...PLATFORMS];
  return [
    '# Features and platforms',
    '',
    'Generated from the code by `npx tsx --tsconfig tsconfig.dev.json test/docs/update.ts`; a test compares. A letter says that the feature works there, and',
    'names what is rendered, below; a dash has its reason there too. Shown are the defaults of each feature, without what the platform adds for every Agent.',
    '',
    line(header),
    line(header.map(() => '---')),
    ...DEFINITIONS.map((definition) => line([`\`${definition.name}\``, ...PLATFORMS.map((platform) => mark(definition, platform))])),
    '',
    ...DEFINITIONS.flatMap(section),
  ].join('\n');
}

/** The different renderings of a feature, in order of the platforms. */
function variants(definition: FeatureDefinition<any>): string[] {
  const cells = PLATFORMS.map((platform) => cell(definition, platform));
  return [...new Set(cells.filter((content): content is string => typeof content === 'string'))];
}

function mark(definition: FeatureDefinition<any>, platform: AgentPlatform): string {
  const content = cell(definition, platform);
  return typeof content === 'string' ? String.fromCharCode('A'.charCodeAt(0) + variants(definition).indexOf(content)) : '–';
}

function section(definition: FeatureDefinition<any>): string[] {
  const needs = definition.needs ? [`Needs ${definition.needs.map((name) => `\`${name}\``).join(', ')}.`, ''] : [];
  return [
    `## \`${definition.name}\``,
    '',
    ...needs,
    ...variants(definition).map((content, index) => `- **${String.fromCharCode('A'.charCodeAt(0) + index)}**: ${content}`),
    ...reasons(definition),
    '',
  ];
}

/** Platforms that share a reason share a line. */
function reasons(definition: FeatureDefinition<any>): string[] {
  const platformsOf = new Map<string, AgentPlatform[]>();
  for (const platform of PLATFORMS) {
    const unsupported = definition.unsupported?.[platform];
    if (unsupported) {
      const { reason, instead, source } = unsupported;
      const text = `${reason} ([source](${source}))${instead ? `; use ${instead}` : ''}`;
      platformsOf.set(text, [...platformsOf.get(text) ?? [], platform]);
    }
  }
  return [...platformsOf].map(([text, platforms]) => `- not on ${platforms.join(', ')}: ${text}`);
}

function describe(config: AgentFeatureConfig): string {
  const parts: [string, string[]][] = [
    ['Agent', settings(config.environment)],
    ['mounts', mounts(config.mounts)],
    ['ports', (config.ports ?? []).map(({ port, protocol }) => `${port}/${protocol}`)],
    ['process namespace', config.pidMode ? [config.pidMode] : []],
    ['capabilities', [...config.capabilities ?? []]],
    ['image', config.imageFlavor ? [config.imageFlavor] : []],
    ['at least', [...config.cpu ? [`${config.cpu} CPU units`] : [], ...config.memoryLimitMiB ? [`${config.memoryLimitMiB} MiB`] : []]],
    ['task role', (config.taskRolePolicy ?? []).flatMap(({ actions }) => actions)],
    ['runs before', (config.initContainers ?? []).map(({ name }) => name)],
    ['applications', [
      ...settings(config.applicationEnvironment),
      ...Object.entries(config.applicationAgentUrls ?? {}).map(([name, { scheme, port }]) => `${name}=${scheme}://<Agent>:${port}`),
      ...config.applicationNeedsAgentHost ? ['DD_AGENT_HOST'] : [],
    ]],
    ['in applications', mounts(config.applicationMounts)],
    ['applications may', [...config.applicationCapabilities ?? []]],
    ['applications run by', config.applicationWrapper ? [config.applicationWrapper.join(' ')] : []],
  ];
  return parts.filter(([, values]) => values.length > 0).map(([what, values]) => `${what} ${values.map((value) => `\`${value}\``).join(', ')}`).join('; ');
}

function settings(environment: { readonly [name: string]: string } = {}): string[] {
  return Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
}

function mounts(all: AgentMount[] = []): string[] {
  return all.map(({ containerPath, readOnly = true }) => `${containerPath}${readOnly ? '' : ' (written to)'}`);
}

function line(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}
