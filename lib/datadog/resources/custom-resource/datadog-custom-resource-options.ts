// SPDX-License-Identifier: Apache-2.0
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';

/** How the function runs that keeps objects in Datadog. None of it but `functionId` replaces the function, so all the rest may be changed later. */
export interface DatadogCustomResourceOptions {
  /**
   * What tells the function apart from another one for the same site in the same stack, as a part of its construct id: needed where a stack keeps
   * objects in two organizations of one site, or with two sets of options, for all but one of them. Never change it: CloudFormation refuses to give
   * another function to an object that exists.
   *
   * @default - the function is the only one for its site in a stack
   */
  readonly functionId?: string;

  /**
   * The function's runtime: Node.js 20 or later.
   *
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * The VPC that the function runs in. It needs a route to Datadog's API, to the S3 bucket of CloudFormation's answers, and to the service that keeps
   * the keys.
   *
   * @default - the function runs outside any VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets in the VPC.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The function's security groups in the VPC.
   *
   * @default - a new one that allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * A customer-managed key for the function's log group. A statement in its policy lets CloudWatch Logs use it; to an imported key, add one yourself.
   *
   * @default - the encryption that CloudWatch Logs manages itself
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the function's log is kept. It holds neither keys nor what is sent to Datadog.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}
