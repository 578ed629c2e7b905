// SPDX-License-Identifier: Apache-2.0
import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateAgentSidecar } from '../../../lib/agent';
import { checkGitMetadata } from '../../../lib/agent/application/git-metadata';
import { IMAGE, account, environmentOf, inStack, renderedContainer, warningIds } from '../fixture';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const GIT = { gitRepositoryUrl: 'https://github.com/acme/shop', gitCommitSha: COMMIT };

function rendered(environment: { [name: string]: string } = {}) {
  const stack = inStack();
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024 });
  taskDefinition.addContainer('app', { image: IMAGE, environment, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) });
  new FargateAgentSidecar(stack, 'Sidecar', { taskDefinition, datadog: account(stack), ...GIT });
  return stack;
}

test('tells applications, not the Agent, what they are built from', () => {
  const stack = rendered();
  expect(environmentOf(renderedContainer(stack, 'app'))).toMatchObject({ DD_GIT_REPOSITORY_URL: GIT.gitRepositoryUrl, DD_GIT_COMMIT_SHA: COMMIT });
  expect(JSON.stringify(renderedContainer(stack, 'datadog-agent'))).not.toContain('DD_GIT');
  expect(warningIds(stack)).toEqual([]);
});

test("gives way to the container's own, with a warning", () => {
  const stack = rendered({ DD_GIT_COMMIT_SHA: 'own' });
  expect(environmentOf(renderedContainer(stack, 'app')).DD_GIT_COMMIT_SHA).toBe('own');
  expect(warningIds(stack)).toEqual(['cdk-ecs-datadog:ownValueKept:DD_GIT_COMMIT_SHA']);
});

test.each([
  'https://s3cret@github.com/acme/shop', 'https://me:s3cret@github.com/acme/shop', 'ssh://git:s3cret@github.com/acme/shop', 'me:s3cret@github.com/acme/shop',
])('credentials are refused and not repeated: %s', (gitRepositoryUrl) => {
  const check = () => checkGitMetadata({ gitRepositoryUrl });
  expect(check).toThrow("'gitRepositoryUrl' must be a URL without user and password, since it stands in the template, got: one with them");
  expect(check).not.toThrow('s3cret');
});

test.each([
  'https://github.com/acme/shop', 'github.com/acme/shop', 'git@github.com:acme/shop.git', 'ssh://git@github.com/acme/shop.git', 'https://github.com/acme/@shop',
])('%s holds none', (gitRepositoryUrl) => {
  expect(() => checkGitMetadata({ gitRepositoryUrl })).not.toThrow();
});

test('tokens pass, also within a URL, unless they stand where a credential does', () => {
  const token = new CfnParameter(new Stack(), 'Value').valueAsString;
  for (const gitRepositoryUrl of [token, `https://${token}/acme/shop`, `https://github.com/${token}`]) {
    expect(() => checkGitMetadata({ gitRepositoryUrl, gitCommitSha: token })).not.toThrow();
  }
  expect(() => checkGitMetadata({ gitRepositoryUrl: `https://${token}@github.com/acme/shop` })).toThrow('without user and password');
});

test.each([['1.2.3', false], ['0123456', false], ['', false], [COMMIT.toUpperCase(), true], [`${COMMIT}${COMMIT.slice(0, 24)}`, true]])("the commit '%s': %s", (gitCommitSha, ok) => {
  const check = expect(() => checkGitMetadata({ gitCommitSha }));
  (ok ? check.not : check).toThrow(`'gitCommitSha' must be a full commit hash of 40 hexadecimal digits, got: '${gitCommitSha}'`);
});

test('an empty repository is refused', () => {
  expect(() => checkGitMetadata({ gitRepositoryUrl: '' })).toThrow("got: ''");
});
