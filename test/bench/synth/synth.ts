// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { Contestant, Cost, Scenario, measure, median } from './measure';

/*
 * What a sidecar for each of many Fargate services costs at synthesis: the CDK alone, this library, and datadog-cdk-constructs-v2, in turns.
 *
 *   npx projen bench:synth             1, 10, 60 and 120 services, with and without awslogs, with and without the CDK's own validation
 *   npx projen bench:synth --smoke     one round of a small app, only to see that everything works
 */
const LIMITS = { timeWithoutValidation: 1.12, templateBytes: 1.8, extraResources: 0, loadMilliseconds: 50, growth: 1.3 };
const REPOSITORY = join(__dirname, '../../..');

function main(): void {
  const smoke = process.argv.includes('--smoke');
  const directory = mkdtempSync(join(tmpdir(), 'synth-bench-'));
  const failures: string[] = [];
  try {
    install(directory);
    const script = join(directory, 'contestant.js');
    buildSync({
      entryPoints: [join(__dirname, 'contestant.ts')],
      outfile: script,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
    console.log(`\nNode ${process.versions.node}; medians; time and memory as ratios to the CDK alone in the same round\n`);
    console.log(row('services', 'logging', 'validation', 'plain ms', 'ours ×', 'peer ×', 'memory ours ×', 'peer ×', 'extra resources', 'peer', 'bytes ours ×', 'peer ×'));
    const times = new Map<number, number>();
    for (const scenario of scenarios(smoke)) {
      const costs = measure(script, directory, scenario, smoke ? 1 : rounds(scenario));
      report(scenario, costs);
      failures.push(...judge(scenario, costs));
      if (scenario.awslogs && !scenario.validation) {
        times.set(scenario.services, median(costs, 'ours', 'milliseconds') - median(costs, 'plain', 'milliseconds'));
      }
    }
    failures.push(...judgeGrowth(times));
  } finally {
    rmSync(directory, { recursive: true });
  }
  failures.forEach((failure) => console.log(`above its limit: ${failure}`));
  process.exitCode = failures.length > 0 && !smoke ? 1 : 0;
}

/** The packed library, as users get it, beside the packages that it is compared with. */
function install(directory: string): void {
  copyFileSync(join(__dirname, 'packages.json'), join(directory, 'package.json'));
  const run = (command: string, args: string[], cwd: string) => execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory], REPOSITORY);
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz'))!;
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--no-package-lock', `./${tarball}`], directory);
}

function scenarios(smoke: boolean): Scenario[] {
  if (smoke) {
    return [{ services: 2, awslogs: true, validation: false }];
  }
  const combinations = [60, 1, 10, 120].flatMap((services) => [true, false].map((awslogs) => ({ services, awslogs })));
  return [false, true].flatMap((validation) => combinations.map((combination) => ({ ...combination, validation })));
}

/** The scenario that has limits is measured more often. */
function rounds({ services, validation }: Scenario): number {
  return services === 60 && !validation ? 9 : 3;
}

function report({ services, awslogs, validation }: Scenario, costs: Record<Contestant, Cost[]>): void {
  const times = (who: Contestant, figure: keyof Cost) => median(costs, who, figure, 'plain').toFixed(2);
  console.log(row(
    String(services), awslogs ? 'awslogs' : 'none', validation ? 'on' : 'off', median(costs, 'plain', 'milliseconds').toFixed(0),
    times('ours', 'milliseconds'), times('peer', 'milliseconds'), times('ours', 'peakMiB'), times('peer', 'peakMiB'),
    String(extraResources(costs, 'ours')), String(extraResources(costs, 'peer')), times('ours', 'templateBytes'), times('peer', 'templateBytes'),
  ));
}

function judge({ services, awslogs, validation }: Scenario, costs: Record<Contestant, Cost[]>): string[] {
  if (services !== 60 || !awslogs) {
    return [];
  }
  const [time, peerTime] = (['ours', 'peer'] as const).map((who) => median(costs, who, 'milliseconds', 'plain'));
  if (validation) {
    return above('time at 60 services with validation, against the peer', time, peerTime);
  }
  const [load, peerLoad] = (['ours', 'peer'] as const).map((who) => median(costs, who, 'libraryMilliseconds'));
  console.log(`load time after the CDK's own modules: ours ${load.toFixed(0)} ms (max ${LIMITS.loadMilliseconds}), peer ${peerLoad.toFixed(0)} ms`);
  return [
    ...above('time at 60 services', time, LIMITS.timeWithoutValidation),
    ...above('template bytes at 60 services', median(costs, 'ours', 'templateBytes', 'plain'), LIMITS.templateBytes),
    ...above('extra resources at 60 services', extraResources(costs, 'ours'), LIMITS.extraResources),
    ...above('load time', load, LIMITS.loadMilliseconds),
  ];
}

/** What the library adds to a service must not grow with their number. */
function judgeGrowth(times: Map<number, number>): string[] {
  const [few, many] = [times.get(60), times.get(120)];
  return few === undefined || many === undefined ? [] : above('time a service at 120 against 60', (many / 120) / (few / 60), LIMITS.growth);
}

function extraResources(costs: Record<Contestant, Cost[]>, who: Contestant): number {
  return costs[who][0].resources - costs.plain[0].resources;
}

function above(what: string, value: number, limit: number): string[] {
  return value > limit ? [`${what}: ${value.toFixed(2)} instead of at most ${limit.toFixed(2)}`] : [];
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => cell.padEnd([10, 9, 12, 10, 8, 8, 15, 8, 17, 6, 14, 6][index])).join('');
}

main();
