// SPDX-License-Identifier: Apache-2.0
import { awscdk, github, javascript, JsonFile, TextFile, typescript } from 'projen';
import { HANDLERS, layerZones } from './.projenrc/layers';

/** The lowest aws-cdk-lib with `Validations`, `Mixins` and the `AWS::ECS::Daemon` L1s. */
const MINIMUM_CDK = '2.257.0';
/** The lowest constructs with `Construct.with()` as aws-cdk-lib 2.257.0 asks for it. */
const MINIMUM_CONSTRUCTS = '10.5.1';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-ecs-datadog',
  description: 'Amazon ECS watched by Datadog, as AWS CDK constructs: the Agent, logs, alarms and the access that they need',
  keywords: ['aws', 'cdk', 'ecs', 'fargate', 'datadog', 'monitoring', 'logs', 'apm'],
  author: 'cdk-ecs-datadog maintainers',
  authorAddress: 'maintainers@cdk-ecs-datadog.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-ecs-datadog/cdk-ecs-datadog.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  majorVersion: 0,
  defaultReleaseBranch: 'main',

  // Sources and build output are apart, so that no stale .js ever stands beside an edited .ts.
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  cdkVersion: MINIMUM_CDK,
  constructsVersion: MINIMUM_CONSTRUCTS,
  // Development runs on the minimum exactly: what compiles here compiles for every user.
  cdkVersionPinning: false,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,

  publishToPypi: { distName: 'cdk-ecs-datadog', module: 'cdk_ecs_datadog' },
  publishToMaven: {
    javaPackage: 'io.github.cdkecsdatadog',
    mavenGroupId: 'io.github.cdk-ecs-datadog',
    mavenArtifactId: 'cdk-ecs-datadog',
  },
  publishToGo: { moduleName: 'github.com/cdk-ecs-datadog/cdk-ecs-datadog-go', packageName: 'ecsdatadog' },
  publishToNuget: { dotNetNamespace: 'CdkEcsDatadog', packageId: 'CdkEcsDatadog' },

  devDeps: [
    `aws-cdk-lib@${MINIMUM_CDK}`,
    `constructs@${MINIMUM_CONSTRUCTS}`,
    'aws-cdk@2.1148.1',
    '@datadog/datadog-api-client@^1.64.0',
    '@swc/core@^1',
    '@swc/jest@^0.2',
    '@types/aws-lambda@^8',
    '@types/node@^20',
    'aws4fetch@^1.0.20',
    'cdk-nag@^3',
    'eslint-plugin-headers@^1.3',
    'fast-check@^4',
    'jsii-pacmak@^1.140',
    'projen@^0.103',
    'tsx@^4',
  ],

  bundlerOptions: { esbuildVersion: '0.28.2' },

  jest: true,
  jestOptions: {
    jestVersion: '^30',
    configFilePath: 'jest.config.json',
    // Snapshots are never written by a test run, and a run without tests is no success.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      testPathIgnorePatterns: ['/node_modules/', '/cdk.out/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
      moduleNameMapper: { '^cdk-ecs-datadog$': '<rootDir>/lib/index.ts' },
      collectCoverage: false,
      maxWorkers: 2,
      // How fast a machine is decides no test.
      testTimeout: 60_000,
    },
  },

  eslintOptions: {
    dirs: ['lib', 'lambda'],
    devdirs: ['test', 'examples', 'demo', '.projenrc.ts', '.projenrc'],
    commandOptions: { fix: false },
    projectService: false,
    fileExtensions: ['.ts'],
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'build/', 'assets/', 'cdk.out/', 'test/languages/'],
    tsconfigPath: './tsconfig.dev.json',
  },
  // One configuration at the root for everything that is not compiled into the package.
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts', '.projenrc/**/*.ts'],
    exclude: ['build', 'dist', '**/cdk.out', 'test/languages'],
    // The examples import the library by its name, as a user's own code does.
    compilerOptions: { paths: { 'cdk-ecs-datadog': ['./lib/index.ts'] } },
  },
  projenrcTsOptions: { projenCodeDir: '.projenrc', runner: typescript.TypeScriptRunner.tsx() },
  typecheckTests: true,
  sampleCode: false,

  docgen: true,

  gitignore: ['/assets/', '/build/', '.jsii.tabl.json', 'cdk.out/', '.DS_Store', '*.tgz', '__pycache__/', '/demo/out/', 'validation-report.json'],
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'test', 'perf', 'refactor', 'chore'] } },
  },
  // A pull request brings its generated files along; the build checks that and changes nothing.
  buildWorkflowOptions: { mutableBuild: false },
  workflowNodeVersion: '20',
  depsUpgrade: false,
  release: false,
  pullRequestTemplate: false,
});

project.deps.removeDependency('ts-jest');
Object.assign(project.jest!.config, {
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
  // The test task type-checks everything once; the transform only strips types.
  transform: { '^.+\\.ts$': '@swc/jest' },
});

// projen ignores any folder of these names; ours hold sources.
for (const folder of ['/lib/logs/', '/lib/coverage/', '/test/logs/', '/test/coverage/']) {
  project.gitignore.include(folder);
}

project.npmignore!.exclude(
  '/.ci/', '/.projenrc/', '/demo/', '/docs/', '/examples/', '/lambda/', '/lib/', '/rosetta/', '/test/',
  '/CONTRIBUTING.md', '/.projenrc.ts', '/jest.config.json', '/.swcrc', '/tsconfig.dev.json', '/.jsii.tabl.json', '/.nvmrc',
);

project.eslint!.addPlugins('headers');
project.eslint!.addRules({
  // Who may import whom.
  'import/no-restricted-paths': ['error', { zones: layerZones() }],
  'headers/header-format': ['error', { source: 'string', style: 'line', content: 'SPDX-License-Identifier: Apache-2.0' }],
  'max-lines': ['error', { max: 300 }],
  'no-console': 'error',
});
project.eslint!.addOverride({
  files: ['.projenrc.ts', '.projenrc/**', 'demo/**', 'test/bench/**', 'test/lambda/datadog-resource/lifecycle-table.ts'],
  rules: { 'no-console': 'off' },
});

// The handlers are bundled once, when the library is built; never when a user synthesizes.
for (const handler of HANDLERS) {
  project.bundler.addBundle(`lambda/${handler}/index.ts`, {
    platform: 'node',
    target: 'node20',
    minify: true,
    sourcemap: false,
    watchTask: false,
    tsconfigPath: 'tsconfig.dev.json',
  });
}

// One file with lazy exports is loaded in a quarter of the time that the many small ones take.
project.compileTask.exec('tsx .projenrc/bundle-library.ts');

// Tests read the bundled handlers as a user's synth does, and the API from the assembly that jsii compiles.
project.testTask.prependSpawn(project.compileTask);
project.testTask.prependSpawn(project.bundler.bundleTask);

// Node 20 is the oldest that is supported here. jsii no longer is on it, works, and would say so in every output.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// Every snippet of the README and of the docstrings has to compile.
project.addTask('rosetta', {
  description: 'Compiles every documentation snippet, strictly',
  // Without an earlier run's translations, so that nothing passes because it passed once.
  steps: [{ exec: 'rm -f .jsii.tabl.json' }, { exec: 'jsii-rosetta extract --strict' }],
});
project.postCompileTask.spawn(project.tasks.tryFind('rosetta')!);

project.addTask('demo', {
  description: 'Synthesizes examples/quickstart and sends logs through its forwarder to a local intake',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx demo/index.ts', receiveArgs: true }],
});
project.addTask('bench', {
  description: 'The forwarder against the shortest possible pipeline, as ratios in one run, and its limits',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx test/bench/forwarder/bench.ts', receiveArgs: true }],
});
project.addTask('bench:provider', {
  description: 'Size of the handler behind Datadog resources and how long it takes to load, beside an empty script in one run',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx test/bench/datadog-resource.ts', receiveArgs: true }],
});
project.addTask('lifecycle', {
  description: 'Prints event x fault -> what is in Datadog, what CloudFormation was told',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx test/lambda/datadog-resource/lifecycle-table.ts', receiveArgs: true }],
});
project.addTask('alert-rules', {
  description: 'Prints each alert rule as CloudWatch and as Datadog see it',
  steps: [{ exec: 'tsx --tsconfig tsconfig.dev.json test/alarms/print-rules.ts' }],
});
// It would rewrite snapshots in the same run that compares with them.
project.removeTask('test:update');
project.addTask('bench:synth', {
  description: 'What sidecars for many services cost at synthesis, beside the CDK alone and datadog-cdk-constructs-v2, as ratios in one run',
  steps: [{ exec: 'tsx test/bench/synth/synth.ts', receiveArgs: true }],
});
project.package.setScript('demo', 'npx projen demo');

// Beside projen's own build, which packs every language: what a contributor runs as well.
const ci = project.github!.addWorkflow('ci');
ci.on({ pullRequest: {}, push: { branches: ['main'] } });
ci.addJob('run', {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  timeoutMinutes: 90,
  steps: [
    github.WorkflowSteps.checkout(),
    { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '20' } },
    { name: 'Everything', run: '.ci/run' },
  ],
});

new JsonFile(project, '.swcrc', {
  marker: false,
  obj: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
});
new TextFile(project, '.nvmrc', { lines: ['20'] });
// The lock file names no download host, so that it works behind any registry mirror.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

project.synth();
