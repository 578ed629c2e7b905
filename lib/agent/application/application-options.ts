// SPDX-License-Identifier: Apache-2.0
import { ContainerOptions } from './container-options';

/** What is said of an application beside its unified service tags. */
export interface ApplicationOptions {
  /**
   * What is said of single containers, by their names. A name that the task does not have is a warning.
   *
   * @default - all application containers are watched, and tagged alike
   */
  readonly containers?: { readonly [containerName: string]: ContainerOptions };

  /**
   * The repository that the application is built from, `DD_GIT_REPOSITORY_URL`, without credentials. Links traces to source code; in Ruby, where tracers read
   * tags instead, give the tag `git.repository_url`.
   *
   * @default - none
   * @see https://docs.datadoghq.com/source_code/service-mapping/
   */
  readonly gitRepositoryUrl?: string;

  /**
   * The full hash of the commit that the application is built from, `DD_GIT_COMMIT_SHA`. In Ruby give the tag `git.commit.sha` instead.
   *
   * @default - none
   */
  readonly gitCommitSha?: string;
}
