// SPDX-License-Identifier: Apache-2.0
import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The Stage that a construct is synthesized with: an App is one. */
export function stageOf(construct: IConstruct): Stage {
  const stage = Stage.of(construct);
  if (!stage) {
    throw new Error(`'${construct.node.path}' must belong to an App or a Stage, got: none`);
  }
  return stage;
}

/** A Stage and all that is synthesized with it: not what is in Stages within. */
export function constructsOf(stage: IConstruct): IConstruct[] {
  return [stage, ...stage.node.children.filter((child) => !Stage.isStage(child)).flatMap(constructsOf)];
}
