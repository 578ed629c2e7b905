// SPDX-License-Identifier: Apache-2.0
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EXECUTION_POLICY_ID, TASK_POLICY_ID } from '../daemon/daemon-role';
import { Grantee, granteeOf } from '../foreign-grantee';

/** The roles of a managed daemon's task. */
export class DaemonRoles {
  public readonly executionRole: iam.IRole;
  public readonly taskRole: iam.IRole;

  /** The execution role, as something that is granted. */
  public readonly executionGrantee: Grantee;
  private readonly taskGrantee: Grantee;

  constructor(scope: Construct, given: { readonly executionRole?: iam.IRole; readonly taskRole?: iam.IRole }) {
    const newRole = (id: string) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    this.executionRole = given.executionRole ?? newRole('ExecutionRole');
    this.taskRole = given.taskRole ?? newRole('TaskRole');
    this.executionGrantee = granteeOf(scope, EXECUTION_POLICY_ID, this.executionRole);
    this.taskGrantee = granteeOf(scope, TASK_POLICY_ID, this.taskRole);
  }

  public allowTask(statements: readonly iam.PolicyStatement[]): void {
    statements.forEach((statement) => this.taskGrantee.addToPrincipalPolicy(statement));
  }

  /**
   * Images and log drivers ask the container that they are bound to for one thing, the execution role that they have to grant. A managed daemon has no
   * container construct, so this stands in for it.
   */
  public asContainer(): ecs.ContainerDefinition {
    return { taskDefinition: { obtainExecutionRole: () => this.executionGrantee } } as unknown as ecs.ContainerDefinition;
  }
}
