// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { DatadogCustomResourceOptions } from './datadog-custom-resource-options';
import { identityOf } from './function-identity';
import { acknowledgeFindings } from './resource-acknowledgements';
import { applicationKeyOf, resourceEnvironment } from './resource-environment';
import { functionRole } from '../../../private/function-role';
import { handlerAsset } from '../../../private/handler-asset';
import { letCloudWatchLogsUse } from '../../../private/log-group-encryption';
import { DatadogAccount } from '../../account';

/** Long enough to wait for a rate limit of Datadog to end, again and again. */
const TIMEOUT = Duration.minutes(5);

/**
 * How long CloudFormation waits for an answer, instead of an hour: a function that dies without one is tried three times, with one and with two
 * minutes in between.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const SERVICE_TIMEOUT = Duration.minutes(20);

/**
 * How old an event may be when it is tried. Lambda keeps one that it cannot run, for want of concurrency, for six hours; one that ran after
 * CloudFormation gave up would change or delete what a rollback has put right. The last run is over a minute before that, and the third try of a
 * function that dies begins within this age.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const MAX_EVENT_AGE = Duration.minutes(14);

/** The function that keeps an account's objects. */
export class ResourceFunction extends Construct {
  /**
   * The one of this stack, account and options.
   *
   * CloudFormation refuses to change the function of a custom resource that exists ("Modifying service token is not allowed"), so a function must
   * stay the same when keys move, options change or others leave the stack: its id says the site, what the user said to tell it apart, and no more.
   *
   * @throws if another account or other options have that id
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   */
  public static in(stack: Stack, datadog: DatadogAccount, options: DatadogCustomResourceOptions): ResourceFunction {
    const { existing, id, ...props } = ResourceFunction.locate(stack, datadog, options);
    return existing ?? new ResourceFunction(stack, id, props);
  }

  /** Throws as `in()` does, and adds nothing. */
  public static check(stack: Stack, datadog: DatadogAccount, options: DatadogCustomResourceOptions): void {
    ResourceFunction.locate(stack, datadog, options);
  }

  private static locate(stack: Stack, datadog: DatadogAccount, options: DatadogCustomResourceOptions): LocatedFunction {
    const environment = resourceEnvironment(datadog);
    const identity = identityOf(stack, { environment, options });
    const site = Token.isUnresolved(datadog.site.domain) ? undefined : datadog.site.domain;
    const id = ['DatadogResources', site, options.functionId].filter((part) => part !== undefined).join('-');
    const existing = stack.node.tryFindChild(id) as ResourceFunction | undefined;
    if (existing && existing.identity !== identity) {
      const [what, got] = options.functionId === undefined ? ['be given', 'none'] : ['differ', `'${options.functionId}' for both`];
      throw new Error(`'functionId' must ${what} in DatadogBackend.customResource() where a stack reaches one site, ${site ?? 'a token'}, with two accounts or with`
        + ` two sets of options, as '${stack.node.path}' does, got: ${got}`);
    }
    return { id, existing, datadog, options, environment, identity };
  }

  /** What CloudFormation calls. */
  public readonly functionArn: string;

  /** What has to be there before CloudFormation calls it. */
  public readonly eventInvokeConfig: IDependable;

  private readonly identity: string;

  private constructor(scope: Construct, id: string, props: ResourceFunctionProps) {
    super(scope, id);
    const { datadog, options } = props;
    this.identity = props.identity;
    if (options.encryptionKey) {
      letCloudWatchLogsUse(options.encryptionKey, this);
    }
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: options.encryptionKey,
      retention: options.logRetention ?? logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const handler = new lambda.Function(this, 'Handler', {
      description: 'Keeps monitors and other objects in Datadog for CloudFormation',
      runtime: options.runtime ?? lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(handlerAsset('datadog-resource')),
      handler: 'index.handler',
      memorySize: 256,
      timeout: TIMEOUT,
      role: functionRole(this, 'Role', logGroup, options.vpc !== undefined),
      logGroup,
      environment: props.environment,
      vpc: options.vpc,
      vpcSubnets: options.vpcSubnets,
      securityGroups: options.securityGroups,
    });
    datadog.apiKey.grantRead(handler);
    applicationKeyOf(datadog).grantRead(handler);
    const eventInvokeConfig = new lambda.EventInvokeConfig(this, 'EventInvokeConfig', { function: handler, maxEventAge: MAX_EVENT_AGE, retryAttempts: 2 });
    acknowledgeFindings({ handler, logGroup, eventInvokeConfig }, options);
    this.functionArn = handler.functionArn;
    this.eventInvokeConfig = eventInvokeConfig;
  }
}

interface LocatedFunction extends ResourceFunctionProps {
  readonly id: string;
  readonly existing?: ResourceFunction;
}

interface ResourceFunctionProps {
  readonly datadog: DatadogAccount;
  readonly options: DatadogCustomResourceOptions;
  readonly environment: { [name: string]: string };
  readonly identity: string;
}
