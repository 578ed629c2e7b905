// SPDX-License-Identifier: Apache-2.0
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { granteeOf } from '../foreign-grantee';

/** What a daemon calls its policies for roles of another stack. */
export const EXECUTION_POLICY_ID = 'ExecutionPolicy';
export const TASK_POLICY_ID = 'TaskPolicy';

/**
 * A role that the user gave a daemon, as the CDK is to grant to it what the daemon's image, key, logs and sessions need. To one of another stack that is granted
 * in a policy of the daemon's stack, which refers to the role already.
 */
export function daemonRole(scope: Construct, policyId: string, role: iam.IRole): iam.IRole {
  const grantee = granteeOf(scope, policyId, role);
  if (grantee === role) {
    return role;
  }
  const addToPrincipalPolicy = (statement: iam.PolicyStatement) => grantee.addToPrincipalPolicy(statement);
  // All else is the role's own, whatever later versions of the CDK ask a role for.
  const foreign: iam.IRole = Object.create(role, {
    grantPrincipal: { get: () => foreign },
    addToPrincipalPolicy: { value: addToPrincipalPolicy },
    addToPolicy: { value: (statement: iam.PolicyStatement) => addToPrincipalPolicy(statement).statementAdded },
  });
  return foreign;
}
