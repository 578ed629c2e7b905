// SPDX-License-Identifier: Apache-2.0
import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Several rules find the same fault of what they share. */
export function warnOnce(scope: IConstruct, id: string, message: string): void {
  if (!scope.node.metadata.some(({ data }) => String(data).includes(`[ack: ${id}]`))) {
    Annotations.of(scope).addWarningV2(id, message);
  }
}
