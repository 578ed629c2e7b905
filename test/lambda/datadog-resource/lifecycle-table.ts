// SPDX-License-Identifier: Apache-2.0
import { LIFECYCLE_ROWS } from './lifecycle-rows';
import { play } from './rows/row';

/*
 * Prints event x fault -> what is in Datadog, what CloudFormation was told, as it happens: the bundled handler between servers that behave like Datadog's
 * API, AWS and CloudFormation. `#1` is what was made first.
 *
 *   npx projen lifecycle              all of it, in about a minute
 *   npx projen lifecycle rolled       the rows with this text
 */
async function main(): Promise<void> {
  const [filter = ''] = process.argv.slice(2);
  let failures = 0;
  console.log('| Event | Fault | In Datadog | CloudFormation was told |\n|---|---|---|---|');
  for (const row of LIFECYCLE_ROWS.filter(({ event, fault }) => `${event}: ${fault}`.includes(filter))) {
    const { inDatadog, told } = await play(row);
    const isExpected = inDatadog === row.inDatadog && told === row.told;
    failures += isExpected ? 0 : 1;
    console.log(`| ${row.event} | ${row.fault} | ${inDatadog} | ${told} |${isExpected ? '' : ` expected: ${row.inDatadog}, ${row.told}`}`);
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

void main();
