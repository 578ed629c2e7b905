// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import * as explicit from './explicit-subscriptions';
import { acknowledgeFindings } from './forwarder-acknowledgements';
import { forwarderEnvironment } from './forwarder-environment';
import { forwarderFunction } from './forwarder-function';
import { forwarderLogGroup } from './forwarder-log-group';
import { counterOf, errorLogsOf, failuresOf, ErrorLogMetricOptions } from './forwarder-metrics';
import { checkForwarderProps } from './forwarder-validation';
import { ILogForwarder } from './i-log-forwarder';
import { IdentityMap } from './identity-map';
import { ImportedLogForwarder } from './imported-log-forwarder';
import { permitLogGroups } from './invoke-permission';
import { LogForwarderProps } from './log-forwarder-props';
import { namedLogGroup } from './log-group-address';
import { isSameLogGroup } from './log-group-id';
import { AddLogGroupOptions, AddTaskDefinitionOptions } from './log-identity';
import { LogSubscriptions, subscriptionsOf } from './log-subscriptions';
import { renderMessageRules } from './message-rules';
import { replaySchedule } from './replay-schedule';
import { AddStreamOptions, StreamSources } from './stream-sources';
import { UndeliveredLogs } from './undelivered-logs';
import { FORWARDER_METRICS } from '../private/forwarder-metrics';

/**
 * A Lambda function that carries CloudWatch logs to Datadog and knows which ECS service, task and container each log comes from.
 *
 * What Datadog does not take is kept in a bucket, and sent again every few minutes. One forwarder serves any number of log groups of its account and region, in any stack of its Stage.
 */
export class LogForwarder extends Construct implements ILogForwarder, ec2.IConnectable {
  /**
   * A forwarder that is owned elsewhere: a `LogForwarder` of another app, or Datadog's own.
   *
   * Its owner must let CloudWatch Logs (`logs.amazonaws.com`) invoke it for the log groups of this account, as a `LogForwarder` does. What this app
   * knows about services, containers and their tags does not reach it.
   *
   * @param functionArn ARN of the function
   */
  public static fromFunctionArn(scope: Construct, id: string, functionArn: string): ILogForwarder {
    return new ImportedLogForwarder(scope, id, functionArn);
  }

  /** The function. */
  public readonly handler: lambda.Function;

  /** The function's own log group. It is never forwarded. */
  public readonly logGroup: logs.ILogGroup;

  /**
   * Keeps the logs that could not be delivered until they are: under `undelivered/` by the function, under `aws/lambda/` by Lambda. What Datadog refuses for
   * good lies under `refused/`, with the reason in the object's metadata.
   */
  public readonly undeliveredLogs: s3.IBucket;

  private readonly permission: lambda.CfnPermission;
  private readonly subscriptions: LogSubscriptions;
  private readonly streams: StreamSources;

  /**
   * @throws if `env` or a tag is not valid in Datadog, if the runtime is older than Node.js 20, if a number or a duration is out of its
   *   range, if subnets or security groups come without a VPC, if zstd comes with a runtime that has none
   */
  constructor(scope: Construct, id: string, props: LogForwarderProps) {
    checkForwarderProps(props);
    super(scope, id);
    const { datadog, encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = props;
    const { undeliveredExpiration: expiration = Duration.days(14), logRetention: retention = logs.RetentionDays.THREE_MONTHS } = props;
    const messageRules = renderMessageRules(props.filters, props.scrubbing);

    const identities = new IdentityMap();
    const undelivered = new UndeliveredLogs(this, 'UndeliveredLogs', { encryptionKey, expiration, removalPolicy });
    this.undeliveredLogs = undelivered.bucket;
    this.logGroup = forwarderLogGroup(this, 'LogGroup', { encryptionKey, retention, removalPolicy });
    this.handler = forwarderFunction(this, {
      ...props,
      logGroup: this.logGroup,
      environment: { ...forwarderEnvironment(props), ...undelivered.environment },
      onFailure: undelivered,
      data: { 'identities.json': () => identities.render(), 'message-rules.json': () => messageRules },
    });
    datadog.apiKey.grantRead(this.handler);
    undelivered.grantUse(this.handler);
    const replay = replaySchedule(this, 'Replay', this.handler, props.replayInterval ?? Duration.minutes(5));
    this.streams = new StreamSources(this.handler, undelivered.forStreams());
    acknowledgeFindings({ handler: this.handler, bucket: undelivered.bucket, logGroup: this.logGroup, replay }, props);
    this.permission = permitLogGroups(this, 'CloudWatchLogsPermission', this.handler);

    const { account, region } = Stack.of(this);
    const own = namedLogGroup(this.logGroup.logGroupName, this);
    this.subscriptions = subscriptionsOf(this, {
      destination: { bind: (filter) => this.connect(filter) },
      place: { scope: this, account, region, isOwn: (address) => isSameLogGroup(address, own) },
      functionArn: this.handler.functionArn,
      tags: { env: props.env, tags: props.tags },
      identities,
    });
  }

  /**
   * The function's network connections.
   *
   * @throws for a forwarder without a VPC
   */
  public get connections(): ec2.Connections {
    return this.handler.connections;
  }

  /**
   * Forwards a log group. Adding a group twice makes one subscription; the options of all calls are combined. The filter is created beside the group.
   *
   * @throws for a group of another region, account or Stage, for a group of the Infrequent Access class, for the forwarder's own log group, for a
   *   group that has no subscription filter left (2 per group), and if two calls contradict each other
   */
  public addLogGroup(logGroup: logs.ILogGroupRef, options?: AddLogGroupOptions): void {
    explicit.addLogGroup(this.subscriptions, logGroup, options);
  }

  /**
   * Forwards every log group that the task definition's containers write to with the `awslogs` driver; containers may also be added later.
   * Every log then carries its container's service, source, env and tags.
   *
   * @throws like `addLogGroup`
   */
  public addTaskDefinition(taskDefinition: ecs.TaskDefinition, options?: AddTaskDefinitionOptions): void {
    explicit.addTaskDefinition(this.subscriptions, taskDefinition, options);
  }

  /**
   * Forwards the logs of a service: those of its task definition, with the names of cluster and service where the app says them. A service that was
   * imported (`IBaseService`) has no task definition. For several services that share one, call `addTaskDefinition` instead.
   *
   * @throws like `addLogGroup`
   */
  public addService(ecsService: ecs.BaseService, options?: AddTaskDefinitionOptions): void {
    explicit.addService(this.subscriptions, ecsService, options);
  }

  /**
   * Forwards what log groups put into a Kinesis data stream. That is the way for log groups of other accounts, or of other regions: they subscribe a
   * `logs.CrossAccountDestination` that leads to the stream, or the stream itself through `KinesisDestination` of `aws-logs-destinations`.
   * Adding a stream twice changes nothing.
   *
   * A record that cannot be forwarded is tried again with those behind it, and is at last kept in the bucket, so that the others go on. What such logs are
   * is known from their stream's name alone.
   *
   * @example
   * const stream = new kinesis.Stream(this, 'OtherAccounts', { encryption: kinesis.StreamEncryption.MANAGED });
   * forwarder.addStream(stream);
   *
   * const role = new iam.Role(this, 'PutToStream', { assumedBy: new iam.ServicePrincipal('logs.amazonaws.com') });
   * stream.grantWrite(role);
   * const destination = new logs.CrossAccountDestination(this, 'Destination', { destinationName: 'datadog', targetArn: stream.streamArn, role });
   * destination.addToPolicy(new iam.PolicyStatement({
   *   principals: [new iam.AccountPrincipal('210987654321')],
   *   actions: ['logs:PutSubscriptionFilter'],
   *   resources: [destination.destinationArn],
   * }));
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html
   * @throws for a stream of another region, if a number is out of its range, and if two calls contradict each other
   */
  public addStream(stream: kinesis.IStream, options: AddStreamOptions = {}): void {
    this.streams.add(stream, options);
  }

  /** Makes the forwarder the destination of a `logs.SubscriptionFilter` of yours. */
  public bind(scope: Construct, sourceLogGroup: logs.ILogGroupRef): logs.LogSubscriptionDestinationConfig {
    explicit.noteUserMade(this.subscriptions, sourceLogGroup);
    return this.connect(scope);
  }

  /** Log events that came in, with those that a filter keeps from being sent. */
  public metricReceived(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.received, options);
  }

  /** Log events that the `filters` keep from being sent. */
  public metricFiltered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.filtered, options);
  }

  /** Log events whose message could not be scrubbed. The text as it was written is never sent. */
  public metricScrubbingFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.scrubbingFailures, options);
  }

  /** Log events that Datadog accepted at once. Those that it accepted later are in `metricReplayed`. */
  public metricForwarded(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.forwarded, options);
  }

  /**
   * Log events that could not be delivered and were stored in the bucket instead, to be sent again. A function that fails counts none: see
   * `metricErrors`.
   */
  public metricUndelivered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.undelivered, options);
  }

  /** Stored log events that Datadog accepted when they were sent again. */
  public metricReplayed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.replayed, options);
  }

  /** Stored log events that Datadog refuses for good, and objects that cannot be read. They stay in the bucket until they expire; nothing sends them again. */
  public metricRefused(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.refused, options);
  }

  /**
   * How long the oldest log in the bucket has waited to be sent again, in seconds: the maximum, reported by each replay. 0 while none waits. Datadog
   * documents that it takes logs of the last 18 hours.
   */
  public metricOldestUndeliveredAge(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(FORWARDER_METRICS.oldestUndeliveredAge, { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * Failed invocations, events that Lambda gave up on, and events that it then could not store in the bucket, all as Lambda counts them: what
   * delays or loses logs without the function being able to say so. Always 0 in a healthy forwarder.
   */
  public metricErrors(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return failuresOf(this.handler, options);
  }

  /**
   * Log events whose level is error or worse.
   *
   * With `service` and `taskFamily` it is a plain metric, else a Metrics Insights query; an alarm takes both.
   */
  public metricErrorLogs(options?: ErrorLogMetricOptions): cloudwatch.IMetric {
    return errorLogsOf(this.handler.functionName, options);
  }

  private metric({ metricName }: { readonly metricName: string }, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return counterOf(this.handler.functionName, metricName, options).attachTo(this);
  }

  private connect(filter: Construct): logs.LogSubscriptionDestinationConfig {
    // CloudWatch Logs tries the function when a filter is made, so the permission comes first. An ancestor of ours cannot wait for us.
    if (!this.node.scopes.includes(filter)) {
      filter.node.addDependency(this.permission);
    }
    return { arn: this.handler.functionArn };
  }
}
