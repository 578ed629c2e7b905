// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
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
import { UndeliveredLogs } from './undelivered-logs';
import { FORWARDER_METRICS } from '../private/forwarder-metrics';

/**
 * A Lambda function that carries CloudWatch logs to Datadog and knows which ECS service, task and container each log comes from.
 *
 * What Datadog does not take is kept in a bucket. One forwarder serves any number of log groups of its account and region, in any stack of its Stage.
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

  /** Keeps the logs that could not be delivered: under `undelivered/` by the function, under `aws/lambda/async/` by Lambda. */
  public readonly undeliveredLogs: s3.IBucket;

  private readonly permission: lambda.CfnPermission;
  private readonly subscriptions: LogSubscriptions;

  /**
   * @throws if `env` or a tag is not valid in Datadog, if the runtime is older than Node.js 20, if a number is out of its range, if subnets or security
   *   groups come without a VPC
   */
  constructor(scope: Construct, id: string, props: LogForwarderProps) {
    checkForwarderProps(props);
    super(scope, id);
    const { datadog, encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = props;
    const { undeliveredExpiration: expiration = Duration.days(30), logRetention: retention = logs.RetentionDays.THREE_MONTHS } = props;

    const identities = new IdentityMap();
    const undelivered = new UndeliveredLogs(this, 'UndeliveredLogs', { encryptionKey, expiration, removalPolicy });
    this.undeliveredLogs = undelivered.bucket;
    this.logGroup = forwarderLogGroup(this, 'LogGroup', { encryptionKey, retention, removalPolicy });
    this.handler = forwarderFunction(this, {
      ...props,
      logGroup: this.logGroup,
      environment: { ...forwarderEnvironment(props), ...undelivered.environment },
      onFailure: undelivered,
      renderIdentities: () => identities.render(),
    });
    datadog.apiKey.grantRead(this.handler);
    undelivered.grantWrite(this.handler);
    acknowledgeFindings({ handler: this.handler, bucket: undelivered.bucket, logGroup: this.logGroup }, props);
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

  /** Makes the forwarder the destination of a `logs.SubscriptionFilter` of yours. */
  public bind(scope: Construct, sourceLogGroup: logs.ILogGroupRef): logs.LogSubscriptionDestinationConfig {
    explicit.noteUserMade(this.subscriptions, sourceLogGroup);
    return this.connect(scope);
  }

  /** Log events that Datadog accepted. */
  public metricForwarded(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return counterOf(this.handler.functionName, FORWARDER_METRICS.forwarded.metricName, options).attachTo(this);
  }

  /** Log events that could not be delivered and were stored in the bucket instead. A function that fails counts none: see `metricErrors`. */
  public metricUndelivered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return counterOf(this.handler.functionName, FORWARDER_METRICS.undelivered.metricName, options).attachTo(this);
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

  private connect(filter: Construct): logs.LogSubscriptionDestinationConfig {
    // CloudWatch Logs tries the function when a filter is made, so the permission comes first. An ancestor of ours cannot wait for us.
    if (!this.node.scopes.includes(filter)) {
      filter.node.addDependency(this.permission);
    }
    return { arn: this.handler.functionArn };
  }
}
