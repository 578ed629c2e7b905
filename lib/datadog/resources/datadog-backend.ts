// SPDX-License-Identifier: Apache-2.0
import { CustomResourceRenderer } from './custom-resource/custom-resource-renderer';
import { DatadogCustomResourceOptions } from './custom-resource/datadog-custom-resource-options';
import { ResourceRenderer } from './resource-description';

/** How CloudFormation reaches Datadog's API. */
export class DatadogBackend {
  /**
   * A custom resource: a small Lambda function, one in each stack and for each account, keeps everything of that account in that stack. It needs the
   * account's application key.
   */
  public static customResource(options: DatadogCustomResourceOptions = {}): DatadogBackend {
    return new DatadogBackend(new CustomResourceRenderer(options));
  }

  /** @internal */
  public readonly _renderer: ResourceRenderer;

  private constructor(renderer: ResourceRenderer) {
    this._renderer = renderer;
  }
}
