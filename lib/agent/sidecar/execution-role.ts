// SPDX-License-Identifier: Apache-2.0
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { LeastGrantEcsSecret } from '../../private/ecs-secret';
import { Grantee, granteeOf } from '../foreign-grantee';

const POLICY_NAME = 'DatadogAgent';

/** The secret, read by a task's execution role at the cost of no resource beyond the role. */
export function secretOf(taskDefinition: ecs.TaskDefinition, secret: ecs.Secret): ecs.Secret {
  return new LeastGrantEcsSecret(secret.arn, secret.hasField ?? false, () => secret.grantRead(executionRoleOf(taskDefinition)));
}

/**
 * The execution role, as something that is granted. A role that the task definition made, and that has no policy yet, is given one within itself:
 * a stack holds 500 resources, and a policy for each task would be one of them.
 */
export function executionRoleOf(taskDefinition: ecs.TaskDefinition): iam.IGrantable {
  const role = taskDefinition.obtainExecutionRole();
  const resource = role.node.defaultChild;
  const isOwn = role instanceof iam.Role && role.node.scope === taskDefinition && resource instanceof iam.CfnRole;
  if (isOwn) {
    return role.node.tryFindChild('DefaultPolicy') ? role : new InlineGrantee(role, resource);
  }
  return roleOf(taskDefinition, role, taskDefinition.node.defaultChild);
}

/** The task role, as something that is granted. */
export function taskRoleOf(taskDefinition: ecs.TaskDefinition): Grantee {
  return roleOf(taskDefinition, taskDefinition.taskRole);
}

/** For a role of another stack all sidecars of a stack share one policy, since what a role's policies hold together is limited. */
function roleOf(taskDefinition: ecs.TaskDefinition, role: iam.IRole, reader?: IConstruct): Grantee {
  return granteeOf(Stack.of(taskDefinition), `DatadogAgentPolicy${role.node.addr}`, role, reader);
}

/** A role whose grants stand in its own resource. */
class InlineGrantee implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly principalAccount?: string;

  constructor(private readonly role: iam.Role, private readonly resource: iam.CfnRole) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.document().addStatements(statement);
    return { statementAdded: true, policyDependable: this.role };
  }

  private document(): iam.PolicyDocument {
    const policies = this.resource.policies as iam.CfnRole.PolicyProperty[] | undefined ?? [];
    const existing = policies.find(({ policyName }) => policyName === POLICY_NAME);
    const document = (existing?.policyDocument as iam.PolicyDocument | undefined) ?? new iam.PolicyDocument();
    this.resource.policies = existing ? policies : [...policies, { policyName: POLICY_NAME, policyDocument: document }];
    return document;
  }
}
