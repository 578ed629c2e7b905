// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * An `ecs.Secret` whose grant changes the reader's policy only.
 *
 * `ecs.Secret.fromSecretsManager` grants through the secret's customer-managed key as well: without the feature flag for key policies
 * that writes the reader's role into the key's policy, a cycle as soon as the two live in different stacks.
 */
export class LeastGrantEcsSecret extends ecs.Secret {
  constructor(
    public readonly arn: string,
    public readonly hasField: boolean,
    private readonly grant: (grantee: iam.IGrantable) => iam.Grant,
  ) {
    super();
  }

  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee);
  }
}
