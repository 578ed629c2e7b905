// SPDX-License-Identifier: Apache-2.0
import * as library from 'cdk-ecs-datadog';
test('x', () => { expect(library).toBeDefined(); });
