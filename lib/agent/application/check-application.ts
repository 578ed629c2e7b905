// SPDX-License-Identifier: Apache-2.0
import { ApplicationOptions } from './application-options';
import { checkGitMetadata } from './git-metadata';
import { tracersOf } from './tracer/tracer-containers';
import { ServiceTags, checkServiceTags } from '../../datadog/service-tags';
import { AgentPlan } from '../agent-plan';

/** All that is said of an application. */
export interface ApplicationSettings extends ServiceTags, ApplicationOptions {}

/** Throws on what is wrong wherever the application runs. */
export function checkApplication(settings: ApplicationSettings): void {
  checkServiceTags(settings);
  checkGitMetadata(settings);
  const tracers = tracersOf(settings);
  for (const [name, options] of Object.entries(settings.containers ?? {})) {
    const { tracer } = options;
    checkServiceTags(options, `containers.${name}.`);
    if (tracer && !options.exclude && !tracers.some((other) => tracer._equals(other))) {
      throw new Error(`'containers.${name}.tracer' must be the same in all containers of a task that have one for ${tracer._language.name}, got: another`);
    }
  }
}

/** Throws on what the Agent that watches the application has no use for. */
export function checkTracers(settings: ApplicationSettings, { on, features }: Pick<AgentPlan, 'features'> & Partial<Pick<AgentPlan, 'on'>>): void {
  const [tracer] = tracersOf(settings);
  if (tracer && on?.runsWindows) {
    throw new Error(`'tracer' must be left out on Windows, since the library is injected on Linux only, got: one for ${tracer._language.name}; `
      + 'build it into the image');
  }
  if (tracer && on && !features.includes('apm')) {
    throw new Error(`'tracer' must be left out where no Agent takes traces, got: one for ${tracer._language.name}; add AgentFeature.apm() to 'features'`);
  }
}
