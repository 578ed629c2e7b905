// SPDX-License-Identifier: Apache-2.0
import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { LeastGrantEcsSecret } from '../private/ecs-secret';
import { decryptThrough } from '../private/kms-decrypt';
import { viaService } from '../private/via-service';

/**
 * Where a Datadog key is kept. A key is never part of a template: it is read when a task starts or a function runs.
 */
export abstract class DatadogSecret {
  /**
   * A key in AWS Secrets Manager.
   *
   * @param secret the secret; with a customer-managed key, reading grants decryption through Secrets Manager too
   * @param field the JSON field that holds the key; without it, the whole value of the secret is the key
   */
  public static fromSecretsManager(secret: secretsmanager.ISecret, field?: string): DatadogSecret {
    return new SecretsManagerSecret(secret, field);
  }

  /**
   * A key in an SSM parameter of type `SecureString`.
   *
   * @param parameter made by `ssm.StringParameter.fromSecureStringParameterAttributes`, with its `encryptionKey` where that is customer-managed
   * @throws if the parameter is known not to be a `SecureString`, since its value is then stored in clear text
   */
  public static fromSsmParameter(parameter: ssm.IParameter): DatadogSecret {
    const type = parameterType(parameter);
    if (!Token.isUnresolved(type) && type !== ssm.ParameterType.SECURE_STRING) {
      throw new Error(`'parameter' must be of type SecureString (ssm.StringParameter.fromSecureStringParameterAttributes), got: '${type}'`);
    }
    return new SsmParameterSecret(parameter);
  }

  /** The secret as a container takes it. Adding it to a container lets the task's execution role read it, and nothing more. */
  public abstract toEcsSecret(): ecs.Secret;

  /**
   * What a Lambda function needs in its environment to find the secret: its address, never its value.
   *
   * @param variable the name that the plain key would have, for example `DD_API_KEY`
   */
  public abstract lambdaEnvironment(variable: string): { [name: string]: string };

  /**
   * Lets a principal read this one secret, and decrypt it where its key is known. No policy names the principal except its own,
   * so that secret, key and reader may live in three stacks without a cycle.
   */
  public abstract grantRead(grantee: iam.IGrantable): iam.Grant;
}

class SecretsManagerSecret extends DatadogSecret {
  constructor(private readonly secret: secretsmanager.ISecret, private readonly field?: string) {
    super();
  }

  public toEcsSecret(): ecs.Secret {
    const arn = this.field === undefined ? this.secret.secretArn : `${this.secret.secretArn}:${this.field}::`;
    return new LeastGrantEcsSecret(arn, this.field !== undefined, (grantee) => this.grantRead(grantee));
  }

  public lambdaEnvironment(variable: string): { [name: string]: string } {
    return {
      [`${variable}_SECRET_ARN`]: this.secret.secretArn,
      ...(this.field === undefined ? {} : { [`${variable}_SECRET_FIELD`]: this.field }),
    };
  }

  public grantRead(grantee: iam.IGrantable): iam.Grant {
    // A partial ARN lacks the six characters that Secrets Manager appends to the name.
    const resource = this.secret.secretFullArn ?? `${this.secret.secretArn}-??????`;
    const grant = iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [resource] });
    // The key's policy needs nothing: `secretsmanager.Secret` lets the account decrypt through Secrets Manager already.
    const decrypt = decryptThrough('secretsmanager', this.secret.encryptionKey, this.secret.env.region, grantee);
    return decrypt ? grant.combine(decrypt) : grant;
  }
}

class SsmParameterSecret extends DatadogSecret {
  constructor(private readonly parameter: ssm.IParameter) {
    super();
  }

  public toEcsSecret(): ecs.Secret {
    return new LeastGrantEcsSecret(this.parameter.parameterArn, false, (grantee) => this.grantRead(grantee));
  }

  public lambdaEnvironment(variable: string): { [name: string]: string } {
    return { [`${variable}_SSM_NAME`]: this.parameter.parameterName };
  }

  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const grant = iam.Grant.addToPrincipal({
      grantee,
      // ECS reads with GetParameters, a function with GetParameter.
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      resourceArns: [this.parameter.parameterArn],
    });
    const { region, account } = this.parameter.env;
    const key = (this.parameter as { encryptionKey?: kms.IKey }).encryptionKey;
    const decrypt = decryptThrough('ssm', key, region, grantee);
    // Unlike Secrets Manager's, a parameter's key may come with a policy that leaves nothing to IAM.
    key?.grantDecrypt(new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), viaService('ssm', region)));
    return decrypt ? grant.combine(decrypt) : grant;
  }
}

/** A parameter made in a template hides its type behind a token, though CloudFormation can make plain ones only. */
function parameterType(parameter: ssm.IParameter): string {
  if (parameter instanceof ssm.StringParameter) {
    return ssm.ParameterType.STRING;
  }
  return parameter instanceof ssm.StringListParameter ? ssm.ParameterType.STRING_LIST : parameter.parameterType;
}
