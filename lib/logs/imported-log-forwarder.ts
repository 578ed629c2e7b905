// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import * as explicit from './explicit-subscriptions';
import { ILogForwarder } from './i-log-forwarder';
import { AddLogGroupOptions, AddTaskDefinitionOptions } from './log-identity';
import { LogSubscriptions, subscriptionsOf } from './log-subscriptions';

/** A forwarder that somebody else owns: its function's address, and nothing of it that could be changed. */
export class ImportedLogForwarder extends Construct implements ILogForwarder {
  private readonly subscriptions: LogSubscriptions;

  constructor(scope: Construct, id: string, private readonly functionArn: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const { account = stack.account, region = stack.region, resourceName } = stack.splitArn(functionArn, ArnFormat.COLON_RESOURCE_NAME);
    this.subscriptions = subscriptionsOf(this, {
      destination: { bind: () => ({ arn: functionArn }) },
      functionArn,
      place: {
        scope: this,
        account,
        region,
        // Lambda's default name; where the function writes elsewhere, its owner knows.
        isOwn: (address) => address.displayName === `/aws/lambda/${resourceName?.split(':')[0]}`,
      },
    });
  }

  public addLogGroup(logGroup: logs.ILogGroupRef, options?: AddLogGroupOptions): void {
    explicit.addLogGroup(this.subscriptions, logGroup, options);
  }

  public addTaskDefinition(taskDefinition: ecs.TaskDefinition, options?: AddTaskDefinitionOptions): void {
    explicit.addTaskDefinition(this.subscriptions, taskDefinition, options);
  }

  public addService(ecsService: ecs.BaseService, options?: AddTaskDefinitionOptions): void {
    explicit.addService(this.subscriptions, ecsService, options);
  }

  public bind(_scope: Construct, logGroup: logs.ILogGroupRef): logs.LogSubscriptionDestinationConfig {
    explicit.noteUserMade(this.subscriptions, logGroup);
    return { arn: this.functionArn };
  }
}
