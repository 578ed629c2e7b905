// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';

/** A principal that is granted to, itself. */
export type Grantee = iam.IPrincipal & iam.IGrantable;

/**
 * A role as something that is granted. What is granted to one of another stack stands in a policy of this stack: it names resources of this stack, which
 * refers to the role, and the role's own policy would close the circle.
 *
 * @param reader what must not be made before that policy is, since it reads with it
 */
export function granteeOf(scope: Construct, id: string, role: iam.IRole, reader?: IConstruct): Grantee {
  return role instanceof iam.Role && Stack.of(role) !== Stack.of(scope) ? new ForeignGrantee(scope, id, role, reader) : role;
}

class ForeignGrantee implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly principalAccount?: string;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: iam.Role, private readonly reader?: IConstruct) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    const existing = this.scope.node.tryFindChild(this.id) as iam.Policy | undefined;
    const policy = existing ?? new iam.Policy(this.scope, this.id, { roles: [this.role] });
    policy.addStatements(statement);
    this.reader?.node.addDependency(policy);
    return { statementAdded: true, policyDependable: policy };
  }
}
