// SPDX-License-Identifier: Apache-2.0
import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { EXAMPLE_NAMES, synthesize } from './examples';
import { acknowledgementsIn, findingsIn, forgetAcknowledgements } from './findings';
import { libraryOwner } from './library-owner';

describe.each(EXAMPLE_NAMES)('the example %s', (name) => {
  test('passes AwsSolutions, HIPAA, NIST 800-53 r5, PCI and Serverless', () => {
    expect(findingsIn(synthesize(name).app)).toEqual([]);
  });

  test('acknowledges nothing that is no finding', () => {
    const { app } = synthesize(name);
    const acknowledgements = acknowledgementsIn(app);
    expect(acknowledgements.length).toBeGreaterThan(0);

    forgetAcknowledgements(app);
    const found = findingsIn(app);
    const unused = acknowledgements.filter(({ rule, path }) =>
      !found.some((finding) => finding.rule === rule && `${finding.path}/`.startsWith(`${path}/`)));
    expect(unused.map(({ rule, path }) => `${rule} at ${path}`)).toEqual([]);
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

test('what a user owns is nobody\'s construct to the owner check', () => {
  const stack = new Stack(new App(), 'Stack');
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  expect([stack.node.root, stack, taskDefinition, taskDefinition.taskRole].map(libraryOwner)).toEqual([undefined, undefined, undefined, undefined]);
});
