// SPDX-License-Identifier: Apache-2.0
import { CloudFormationTypeRenderer } from './cloudformation/cloudformation-type-renderer';
import { CustomResourceRenderer } from './custom-resource/custom-resource-renderer';
import { DatadogCustomResourceOptions } from './custom-resource/datadog-custom-resource-options';
import { ResourceRenderer } from './resource-description';

/** How CloudFormation reaches Datadog's API. */
export class DatadogBackend {
  /**
   * A custom resource: a small Lambda function, one in each stack and for each account, keeps everything of that account in that stack. It needs the
   * account's application key.
   *
   * @throws if the runtime is older than Node.js 20, if subnets or security groups come without a VPC, and if `functionId` cannot be a part of an id
   */
  public static customResource(options: DatadogCustomResourceOptions = {}): DatadogBackend {
    return new DatadogBackend(new CustomResourceRenderer(options));
  }

  /**
   * Datadog's public CloudFormation types: `Datadog::Monitors::Monitor`, `Datadog::SLOs::SLO` and `Datadog::Monitors::DowntimeSchedule`.
   *
   * They have to be activated and configured beforehand, in each account and region. The keys are in that configuration, one organization for all
   * stacks, so the account needs no application key, and its site, endpoints and proxy have no part in it. What a type cannot express is an error.
   *
   * @see https://docs.datadoghq.com/integrations/guide/amazon_cloudformation/
   */
  public static cloudFormationTypes(): DatadogBackend {
    return new DatadogBackend(new CloudFormationTypeRenderer());
  }

  /** @internal */
  public readonly _renderer: ResourceRenderer;

  private constructor(renderer: ResourceRenderer) {
    this._renderer = renderer;
  }
}
