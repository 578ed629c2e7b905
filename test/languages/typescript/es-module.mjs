// SPDX-License-Identifier: Apache-2.0
// The library's names reach an ES module, too.
import * as library from 'cdk-ecs-datadog';
import { MonitoredCluster } from 'cdk-ecs-datadog';

const names = Object.keys(library).filter((name) => name !== 'default' && name !== 'module.exports').sort();
const expected = Object.keys(library.default).sort();
if (typeof MonitoredCluster !== 'function' || names.join() !== expected.join()) {
  throw new Error(`an ES module sees ${names.join(', ')} of ${expected.join(', ')}`);
}
console.log(`ES module: ${names.length} names`);
