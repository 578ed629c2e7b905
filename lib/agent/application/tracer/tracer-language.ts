// SPDX-License-Identifier: Apache-2.0
import { TracerVariable } from './tracer-variable';
import { IMAGE_VERSIONS } from '../../../private/image-versions';

/** Where an application finds the tracer library. */
export const TRACER_DIRECTORY = '/datadog-lib';

/** How the tracer library of one language gets into an application. */
export interface TracerLanguage {
  /** The language, as it stands in names of containers and in messages. */
  readonly name: string;

  /** The image that carries the library. */
  readonly image: string;
  readonly version: string;

  /** The lowest major version that can be injected. */
  readonly minimumMajor?: number;

  /** Whether the library is injected on x86 only. */
  readonly x86Only?: boolean;

  /** What makes the language's runtime load the library. */
  readonly variables: readonly TracerVariable[];
}

export const JAVA: TracerLanguage = {
  name: 'java',
  image: 'dd-lib-java-init',
  version: IMAGE_VERSIONS.tracerJava,
  variables: [{
    name: 'JAVA_TOOL_OPTIONS',
    value: `-javaagent:${TRACER_DIRECTORY}/dd-java-agent.jar -XX:+IgnoreUnrecognizedVMOptions`,
    place: 'last',
    separator: ' ',
  }],
};

export const NODEJS: TracerLanguage = {
  name: 'nodejs',
  image: 'dd-lib-js-init',
  version: IMAGE_VERSIONS.tracerJs,
  variables: [{ name: 'NODE_OPTIONS', value: `--require ${TRACER_DIRECTORY}/node_modules/dd-trace/init.js`, place: 'last', separator: ' ' }],
};

export const PYTHON: TracerLanguage = {
  name: 'python',
  image: 'dd-lib-python-init',
  version: IMAGE_VERSIONS.tracerPython,
  variables: [{ name: 'PYTHONPATH', value: TRACER_DIRECTORY, place: 'last', separator: ':' }],
};

export const RUBY: TracerLanguage = {
  name: 'ruby',
  image: 'dd-lib-ruby-init',
  version: IMAGE_VERSIONS.tracerRuby,
  variables: [{ name: 'RUBYOPT', value: `-r${TRACER_DIRECTORY}/auto_inject`, place: 'first', separator: ' ' }],
};

export const DOTNET: TracerLanguage = {
  name: 'dotnet',
  image: 'dd-lib-dotnet-init',
  version: IMAGE_VERSIONS.tracerDotnet,
  minimumMajor: 3,
  x86Only: true,
  variables: [
    { name: 'CORECLR_ENABLE_PROFILING', value: '1', place: 'alone' },
    { name: 'CORECLR_PROFILER', value: '{846F5F1C-F9AE-4B07-969E-05C26BC060D8}', place: 'alone' },
    { name: 'CORECLR_PROFILER_PATH', value: `${TRACER_DIRECTORY}/Datadog.Trace.ClrProfiler.Native.so`, place: 'alone' },
    { name: 'DD_DOTNET_TRACER_HOME', value: TRACER_DIRECTORY, place: 'alone' },
    {
      name: 'LD_PRELOAD',
      value: `${TRACER_DIRECTORY}/continuousprofiler/Datadog.Linux.ApiWrapper.x64.so`,
      place: 'first',
      separator: ' ',
      // What the loader reads of it.
      maxBytes: 1024,
    },
  ],
};

export const PHP = php('linux-gnu');
export const PHP_MUSL = php('linux-musl');

function php(platform: string): TracerLanguage {
  return {
    name: 'php',
    image: 'dd-lib-php-init',
    version: IMAGE_VERSIONS.tracerPhp,
    variables: [
      // An empty entry stands for the directory that PHP was built with.
      { name: 'PHP_INI_SCAN_DIR', value: `${TRACER_DIRECTORY}/${platform}/loader`, place: 'last', separator: ':', otherwise: '' },
      { name: 'DD_LOADER_PACKAGE_PATH', value: TRACER_DIRECTORY, place: 'alone' },
    ],
  };
}
