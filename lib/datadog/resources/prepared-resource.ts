// SPDX-License-Identifier: Apache-2.0
import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DatadogBackend } from './datadog-backend';
import { DatadogResourceProps } from './datadog-resource-props';
import { ApiJson, RenderedResource, ResourceDescription, ResourceKind, ResourceRenderer } from './resource-description';

/** An object that was checked as a whole. A construct makes it before it calls `super()`, so that nothing of a refused object is in the tree. */
export class PreparedResource {
  private readonly renderer: ResourceRenderer;
  private readonly description: ResourceDescription;

  /** @throws on an id that no object of this kind has, on a policy for data, and on what the backend cannot express, or not in that place */
  constructor(kind: ResourceKind, scope: Construct, props: DatadogResourceProps, definition: ApiJson) {
    const { datadog, backend = DatadogBackend.customResource(), adoptId, removalPolicy } = props;
    checkAdoptId(kind, adoptId);
    if (removalPolicy === RemovalPolicy.SNAPSHOT) {
      throw new Error(`'removalPolicy' must be DESTROY, RETAIN or RETAIN_ON_UPDATE_OR_DELETE, got: '${removalPolicy}'`);
    }
    this.renderer = backend._renderer;
    this.description = { kind, datadog, definition, adoptId, removalPolicy };
    this.renderer.check(this.description);
    this.renderer.checkIn(scope, this.description);
  }

  /** The site that the object is on, where it is known. */
  public get site(): string | undefined {
    return this.renderer.siteOf(this.description.datadog);
  }

  public renderIn(scope: Construct): RenderedResource {
    return this.renderer.render(scope, this.description);
  }
}

/** What ids look like, as the handler in `lambda/datadog-resource/kinds/` reads them. */
const IDS: { readonly [kind in ResourceKind]: { readonly form: RegExp; readonly example: string } } = {
  monitor: { form: /^\d+$/, example: '12345678' },
  slo: { form: /^[0-9a-f]{32}$/, example: '12341234123412341234123412341234' },
  downtime: { form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, example: '00000000-0000-1234-0000-000000000000' },
};

function checkAdoptId(kind: ResourceKind, adoptId: string | undefined): void {
  const { form, example } = IDS[kind];
  if (adoptId !== undefined && !Token.isUnresolved(adoptId) && !form.test(adoptId)) {
    throw new Error(`'adoptId' must be an id such as '${example}', got: '${adoptId}'`);
  }
}
