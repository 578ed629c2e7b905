// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import { ApplicationOptions } from './application-options';

/** SHA-1, or SHA-256 in repositories that use it. */
const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Throws on what would not link traces to source code, or would stand in the template as a secret. */
export function checkGitMetadata({ gitRepositoryUrl, gitCommitSha }: ApplicationOptions): void {
  if (gitRepositoryUrl !== undefined && holdsCredentials(gitRepositoryUrl)) {
    // The value is not repeated, since it holds a secret.
    throw new Error("'gitRepositoryUrl' must be a URL without user and password, since it stands in the template, got: one with them");
  }
  if (gitRepositoryUrl === '') {
    throw new Error("'gitRepositoryUrl' must be a URL such as 'https://github.com/acme/shop', got: ''");
  }
  if (gitCommitSha !== undefined && !Token.isUnresolved(gitCommitSha) && !COMMIT.test(gitCommitSha)) {
    throw new Error(`'gitCommitSha' must be a full commit hash of 40 hexadecimal digits, got: '${gitCommitSha}'`);
  }
}

/** What tracers read of it, https://docs.datadoghq.com/source_code/service-mapping/. */
export function gitEnvironment({ gitRepositoryUrl, gitCommitSha }: ApplicationOptions): { [name: string]: string } {
  return {
    ...(gitRepositoryUrl === undefined ? {} : { DD_GIT_REPOSITORY_URL: gitRepositoryUrl }),
    ...(gitCommitSha === undefined ? {} : { DD_GIT_COMMIT_SHA: gitCommitSha }),
  };
}

/** `https://token@host/…` is a credential, while the user of `ssh://git@host/…` is none. */
function holdsCredentials(url: string): boolean {
  const [, scheme = '', user] = /^(?:([a-z+.-]+):\/\/)?([^/]*)@/i.exec(url) ?? [];
  return user !== undefined && (scheme.toLowerCase().startsWith('http') || user.includes(':'));
}
