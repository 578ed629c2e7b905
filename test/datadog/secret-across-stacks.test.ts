// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { DatadogAccount, DatadogSecret } from '../../lib/datadog';

type Secrets = { secret: secretsmanager.Secret; key: kms.Key; stack: Stack };

/** A secret with a customer-managed key in one stack, a task that reads it in another. */
function acrossStacks(
  context: Record<string, unknown>,
  apiKeyOf: (owned: Secrets) => DatadogSecret,
  toEcsSecret = (key: DatadogSecret): ecs.Secret => key.toEcsSecret(),
) {
  const app = new App({ context });
  const owner = new Stack(app, 'Owner');
  const key = new kms.Key(owner, 'Key');
  const secret = new secretsmanager.Secret(owner, 'Secret', { encryptionKey: key });
  const datadog = new DatadogAccount({ apiKey: apiKeyOf({ secret, key, stack: owner }) });

  const reader = new Stack(app, 'Reader');
  const taskDefinition = new ecs.FargateTaskDefinition(reader, 'Task');
  taskDefinition.addContainer('agent', { image: ecs.ContainerImage.fromRegistry('agent'), secrets: { DD_API_KEY: toEcsSecret(datadog.apiKey) } });
  return { owner, reader };
}

const KINDS: [string, (owned: Secrets) => DatadogSecret][] = [
  ['a secret', ({ secret }) => DatadogSecret.fromSecretsManager(secret)],
  ['a field of a secret', ({ secret }) => DatadogSecret.fromSecretsManager(secret, 'api-key')],
  ['a parameter', ({ stack, key }) => DatadogSecret.fromSsmParameter(
    ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'P', { parameterName: '/datadog/api-key', encryptionKey: key }))],
];
const FLAGS: [string, Record<string, unknown>][] = [['all recommended feature flags', recommendedFlags], ['no feature flag', {}]];

describe.each(FLAGS)('with %s', (_flags, context) => {
  test.each(KINDS)('%s and its key in one stack are read from another without a cycle', (_kind, apiKeyOf) => {
    const { owner, reader } = acrossStacks(context, apiKeyOf);
    expect(() => Template.fromStack(reader)).not.toThrow();
    // The reader knows the owner, the owner nothing of the reader.
    expect(owner.dependencies).toEqual([]);
    expect(JSON.stringify(Template.fromStack(owner).toJSON().Resources)).not.toContain('Reader');
  });

  test('the least is granted', () => {
    const { reader } = acrossStacks(context, ({ secret }) => DatadogSecret.fromSecretsManager(secret));
    const [{ Properties }] = Object.values(Template.fromStack(reader).findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: expect.anything() },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: expect.anything(),
        Condition: {
          StringEquals: {
            'kms:ViaService': ['.amazonaws.com', '.amazonaws.com.cn'].map((suffix) => {
              return { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, suffix]] };
            }),
          },
        },
      },
    ]);
  });
});

test('ecs.Secret itself makes a cycle without feature flags, so this can fail', () => {
  let owned: Secrets;
  expect(() => {
    const { reader } = acrossStacks({}, (secrets) => {
      owned = secrets;
      return DatadogSecret.fromSecretsManager(secrets.secret);
    }, () => ecs.Secret.fromSecretsManager(owned.secret));
    Template.fromStack(reader);
  }).toThrow(/cyclic reference/i);
});
