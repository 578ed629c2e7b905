// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { viaService } from '../private/via-service';

/** Where the handler stores batches that the intake did not take. */
const BATCHES = 'undelivered/';

/** Where Lambda stores events that the handler failed on, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html. */
const FAILED_INVOCATIONS = 'aws/lambda/async/';

/** How long what expired may still be recovered. */
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
      versioned: true,
      removalPolicy: props.removalPolicy,
      lifecycleRules: [{
        id: 'Expire',
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

  /** Lets the handler write batches: that prefix, no reading. */
  public grantWrite(grantee: iam.IGrantable): void {
    this.allow(grantee, 's3:PutObject', this.bucket.arnForObjects(`${BATCHES}*`));
    if (this.props.encryptionKey) {
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['kms:GenerateDataKey'],
        resourceArns: [this.props.encryptionKey.keyArn],
        conditions: viaService('s3', Stack.of(this.bucket).region),
      });
    }
  }

  /**
   * As the destination of failed invocations. CDK's `S3Destination` grants reading and much more.
   * The bucket is the forwarder's own, so the prefix needs no function name: with one, policy and function would wait for each other.
   *
   * Lambda asks for `s3:ListBucket` on the bucket and documents no prefix that it lists, so none is demanded: a condition that it does not meet
   * would lose the events.
   */
  public bind(_scope: Construct, fn: lambda.IFunction): lambda.DestinationConfig {
    this.allow(fn, 's3:PutObject', this.bucket.arnForObjects(`${FAILED_INVOCATIONS}*`));
    this.allow(fn, 's3:ListBucket', this.bucket.bucketArn);
    return { destination: this.bucket.bucketArn };
  }

  /**
   * Only while the bucket belongs to this account: the name of one that was deleted is free for others to take.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#s3-destination-security
   */
  private allow(grantee: iam.IGrantable, action: string, resource: string): void {
    const conditions = { StringEquals: { 's3:ResourceAccount': Stack.of(this.bucket).account } };
    iam.Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [resource], conditions });
  }
}
