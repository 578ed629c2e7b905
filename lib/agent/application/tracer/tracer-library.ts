// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { DOTNET, JAVA, NODEJS, PHP, PHP_MUSL, PYTHON, RUBY, TracerLanguage } from './tracer-language';

/** A version and nothing that moves, such as `latest` or `v1`. */
const VERSION = /^v?(\d+)\.\d+\.\d+[\w.-]*$/;

/**
 * Datadog's tracing library, brought into an application container without a change of its image (single-step instrumentation): a container that ends before
 * the application starts copies it into a volume, and variables make the language's runtime load it. Linux only. Go has no such library; build it in.
 *
 * @see https://docs.datadoghq.com/tracing/trace_collection/single-step-apm/
 */
export class TracerLibrary {
  /**
   * For Java, through `JAVA_TOOL_OPTIONS`.
   *
   * @param version of the library, such as `1.68.1`; by default a fixed one
   */
  public static java(version?: string): TracerLibrary {
    return new TracerLibrary(JAVA, version);
  }

  /**
   * For Node.js, through `NODE_OPTIONS`. The default version needs Node.js 22 or newer, the 5.x ones 18 or newer.
   *
   * @param version of the library, such as `6.21.0`; by default a fixed one
   */
  public static nodejs(version?: string): TracerLibrary {
    return new TracerLibrary(NODEJS, version);
  }

  /**
   * For Python, through `PYTHONPATH`.
   *
   * @param version of the library, such as `4.16.0`; by default a fixed one
   */
  public static python(version?: string): TracerLibrary {
    return new TracerLibrary(PYTHON, version);
  }

  /**
   * For Ruby, through `RUBYOPT`. Not for images with musl, such as Alpine's.
   *
   * @param version of the library, such as `2.34.0`; by default a fixed one
   */
  public static ruby(version?: string): TracerLibrary {
    return new TracerLibrary(RUBY, version);
  }

  /**
   * For .NET, through the profiler's variables and `LD_PRELOAD`. On x86 only.
   *
   * @param version of the library, such as `3.53.0`, at least 3; by default a fixed one
   */
  public static dotnet(version?: string): TracerLibrary {
    return new TracerLibrary(DOTNET, version);
  }

  /**
   * For PHP, through `PHP_INI_SCAN_DIR`.
   *
   * @param version of the library, such as `1.25.1`; by default a fixed one
   */
  public static php(version?: string): TracerLibrary {
    return new TracerLibrary(PHP, version);
  }

  /**
   * For PHP in images with musl, such as Alpine's.
   *
   * @param version of the library, such as `1.25.1`; by default a fixed one
   */
  public static phpOnMusl(version?: string): TracerLibrary {
    return new TracerLibrary(PHP_MUSL, version);
  }

  /** @internal */
  public readonly _language: TracerLanguage;
  private readonly version: string;
  private readonly image?: ecs.ContainerImage;

  private constructor(language: TracerLanguage, version?: string, image?: ecs.ContainerImage) {
    checkVersion(language, version);
    this._language = language;
    // The images' tags have the letter, https://docs.datadoghq.com/tracing/guide/local_sdk_injection/.
    this.version = (version ?? language.version).replace(/^(?=\d)/, 'v');
    this.image = image;
  }

  /** The same library from another image, for example one with a digest. It is built as Datadog's is: `/datadog-init/copy-lib.sh` copies the library. */
  public withImage(image: ecs.ContainerImage): TracerLibrary {
    return new TracerLibrary(this._language, this.version, image);
  }

  /**
   * The image that carries the library.
   *
   * @internal
   */
  public _image(registry: string): ecs.ContainerImage {
    return this.image ?? ecs.ContainerImage.fromRegistry(`${registry}/${this._language.image}:${this.version}`);
  }

  /**
   * Whether both are the same library.
   *
   * @internal
   */
  public _equals(other: TracerLibrary): boolean {
    return this._language === other._language && this.version === other.version && this.image === other.image;
  }
}

function checkVersion({ name, minimumMajor = 0 }: TracerLanguage, version: string | undefined): void {
  if (version === undefined || Token.isUnresolved(version)) {
    return;
  }
  const major = VERSION.exec(version)?.[1];
  if (major === undefined) {
    throw new Error(`'version' must be a full version such as '1.2.3', which never moves, got: '${version}'`);
  }
  if (Number(major) < minimumMajor) {
    throw new Error(`'version' must be at least ${minimumMajor}.0.0 for ${name}, got: '${version}'`);
  }
}
