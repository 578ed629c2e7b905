// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DatadogAccount, DatadogAccountProps, DatadogSecret } from '../../lib/datadog';

/** A key that belongs to no stack: a plan must not need one. */
class NoSecret extends DatadogSecret {
  public toEcsSecret(): ecs.Secret {
    throw new Error('a plan does not touch the key');
  }

  public lambdaEnvironment(): { [name: string]: string } {
    throw new Error('a plan does not touch the key');
  }

  public grantRead(): iam.Grant {
    throw new Error('a plan does not touch the key');
  }
}

export function pureAccount(props: Partial<DatadogAccountProps> = {}): DatadogAccount {
  return new DatadogAccount({ apiKey: new NoSecret(), ...props });
}
