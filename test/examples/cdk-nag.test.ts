// SPDX-License-Identifier: Apache-2.0
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { synthesizeChoices } from './choices-stack';
import { EXAMPLE_NAMES, synthesize } from './examples';
import { acknowledgementsIn, findingsIn, unusedAcknowledgementsIn } from './findings';
import { libraryOwner } from './library-owner';

describe.each(EXAMPLE_NAMES)('the example %s', (name) => {
  test('passes AwsSolutions, HIPAA, NIST 800-53 r5, PCI and Serverless', () => {
    expect(findingsIn(synthesize(name).app)).toEqual([]);
  });

  test('acknowledges nothing that is no finding', () => {
    const { app } = synthesize(name);
    expect(acknowledgementsIn(app).length).toBeGreaterThan(0);
    expect(unusedAcknowledgementsIn(app)).toEqual([]);
  });

  test('has its own findings beside those that the library acknowledges', () => {
    expect(findingsIn(synthesize(name, { withoutOwnAcknowledgements: true }).app).length).toBeGreaterThan(0);
  });

  test('finds the library to acknowledge on its own constructs only', () => {
    const { app } = synthesize(name, { withoutOwnAcknowledgements: true });
    const elsewhere = acknowledgementsIn(app).filter(({ construct }) => !libraryOwner(construct));
    expect(elsewhere.map(({ rule, path }) => `${rule} at ${path}`)).toEqual([]);
  });
});

describe('with what no example chooses, the library', () => {
  test('has no findings in its own constructs', () => {
    const app = synthesizeChoices();
    const own = app.node.findAll().filter(libraryOwner).map(({ node }) => node.path);
    expect(findingsIn(app).filter(({ path }) => own.includes(path))).toEqual([]);
  });

  test('acknowledges nothing that is no finding, and only on its own constructs', () => {
    const app = synthesizeChoices();
    expect(acknowledgementsIn(app).filter(({ construct }) => !libraryOwner(construct))).toEqual([]);
    expect(unusedAcknowledgementsIn(app)).toEqual([]);
  });
});

test('an acknowledgement that no finding needs is found', () => {
  const { app } = synthesize('quickstart');
  Validations.of(app.node.findChild('Quickstart')).acknowledge({ id: 'AwsSolutions-S2', reason: 'nothing is public' });
  expect(unusedAcknowledgementsIn(app)).toEqual(['AwsSolutions-S2 at Quickstart']);
});

test('an acknowledgement on what the user owns is nobody\'s of the library', () => {
  const stack = new Stack(new App(), 'Stack');
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  expect([stack.node.root, stack, taskDefinition, taskDefinition.taskRole].map(libraryOwner)).toEqual([undefined, undefined, undefined, undefined]);
});
