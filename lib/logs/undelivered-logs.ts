// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BUCKET_LAYOUT } from './bucket-layout';
import { viaService } from '../private/via-service';

/** How long what expired, or was deleted after a replay, may still be recovered. */
const RECOVERABLE_FOR = Duration.days(7);

export interface UndeliveredLogsProps {
  readonly encryptionKey?: kms.IKey;
  readonly expiration: Duration;
  readonly removalPolicy: RemovalPolicy;
}

/** The bucket for logs that did not arrive: the handler's batches, and the events of failed invocations. */
export class UndeliveredLogs implements lambda.IDestination {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, private readonly props: UndeliveredLogsProps) {
    const { encryptionKey } = props;
    this.bucket = new s3.Bucket(scope, id, {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey ? true : undefined,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // A replay deletes what it has delivered, and a repeated invocation overwrites what the first one stored: should either be a mistake, the log is still
      // there. Versions cost next to nothing, since only the lease is written while Datadog takes logs, and compliance packs ask for them.
      versioned: true,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [{
        id: 'Expire',
        // With days, S3 also removes the markers of deleted objects by itself.
        expiration: props.expiration,
        noncurrentVersionExpiration: RECOVERABLE_FOR,
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      }],
    });
  }

  /** How the handler finds the bucket. */
  public get environment(): { [name: string]: string } {
    return { DD_S3_BUCKET_NAME: this.bucket.bucketName };
  }

  /** Lets the handler store batches, and its replay send again what lies in the bucket and clear it away. */
  public grantUse(grantee: iam.IGrantable): void {
    const { undelivered, refused, lease, failures } = BUCKET_LAYOUT;
    this.allow(grantee, ['s3:PutObject'], this.objects(`${undelivered}*`, `${refused}*`, lease));
    this.allow(grantee, ['s3:DeleteObject', 's3:GetObject'], this.objects(`${undelivered}*`, `${failures}*`, lease));
    this.allow(grantee, ['s3:ListBucket'], [this.bucket.bucketArn], { StringLike: { 's3:prefix': [`${undelivered}*`, `${failures}*`] } });
    if (this.props.encryptionKey) {
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resourceArns: [this.props.encryptionKey.keyArn],
        conditions: viaService('s3', Stack.of(this.bucket).region),
      });
    }
  }

  /**
   * As the destination of failed invocations. CDK's `S3Destination` grants reading and much more.
   * The bucket is the forwarder's own, so the prefix needs no function name: with one, policy and function would wait for each other.
   */
  public bind(_scope: Construct, fn: lambda.IFunction): lambda.DestinationConfig {
    return this.receiveFailures(fn, BUCKET_LAYOUT.asyncFailures);
  }

  /** As the destination of batches of a stream. They lie under the id of the event source mapping, which waits for the policy and so cannot stand in it. */
  public forStreams(): lambda.IEventSourceDlq {
    return { bind: (_mapping, fn) => this.receiveFailures(fn, BUCKET_LAYOUT.failures) };
  }

  /**
   * Lambda asks for `s3:ListBucket` on the bucket and documents no prefix that it lists, so none is demanded: a condition that it does not meet
   * would lose the events.
   */
  private receiveFailures(fn: lambda.IFunction, prefix: string): { readonly destination: string } {
    this.allow(fn, ['s3:PutObject'], this.objects(`${prefix}*`));
    this.allow(fn, ['s3:ListBucket'], [this.bucket.bucketArn]);
    return { destination: this.bucket.bucketArn };
  }

  private objects(...keys: string[]): string[] {
    return keys.map((key) => this.bucket.arnForObjects(key));
  }

  /**
   * Only while the bucket belongs to this account: the name of one that was deleted is free for others to take.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#s3-destination-security
   */
  private allow(grantee: iam.IGrantable, actions: string[], resourceArns: string[], furtherConditions: { [operator: string]: object } = {}): void {
    const conditions = { StringEquals: { 's3:ResourceAccount': Stack.of(this.bucket).account }, ...furtherConditions };
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
  }
}
