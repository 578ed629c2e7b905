// SPDX-License-Identifier: Apache-2.0
import { synthesizeChoices } from './choices-stack';
import { EXAMPLE_NAMES, synthesize } from './examples';
import { Acknowledgement, acknowledgementsIn } from './findings';
import { libraryOwner } from './library-owner';

/** Where the table is, and how it is brought up to date. */
export const TABLE = 'docs/acknowledgements.md';
export const UPDATE = 'npx tsx --tsconfig tsconfig.dev.json test/examples/update.ts';

const INTRODUCTION = `# What cdk-nag finds and why it stands

Every example passes cdk-nag's packs AwsSolutions, HIPAA, NIST 800-53 r5, PCI 3.2.1 and Serverless. This is every finding that was not fixed but
acknowledged. The library speaks for the constructs that it makes itself, here also with properties that no example sets, and never for a user's
task definition, role, stack or app; an example speaks for its own constructs. A test compares this page with what they say, and fails on an
acknowledgement that no finding needs.

Rendered by \`${UPDATE}\`.
`;

interface Row {
  readonly where: string;
  readonly reason: string;
  readonly rule: string;
}

/** The page as it should be. */
export function renderTable(): string {
  const byLibrary = EXAMPLE_NAMES.map((name) => acknowledgementsIn(synthesize(name, { withoutOwnAcknowledgements: true }).app));
  const library = [...byLibrary.flat(), ...acknowledgementsIn(synthesizeChoices())];
  const examples = EXAMPLE_NAMES.map((name, index) => {
    // An example may speak for a construct of the library as well, where it says what that is there for.
    const others = new Set(byLibrary[index].map(identity));
    const own = acknowledgementsIn(synthesize(name).app).filter((entry) => !others.has(identity(entry)));
    return `## By the example ${name}\n\n${renderRows(own.map((entry) => row(entry.path, entry)))}`;
  });
  const rows = library.map((entry) => {
    const { owner, path } = libraryOwner(entry.construct) ?? { owner: 'NOT THE LIBRARY\'S', path: entry.path };
    // An alarm's service is another one in every stack.
    return row([owner, path.replace(/^Services\/[^/]+/, 'Services/<service>')].filter(Boolean).join('/'), entry);
  });
  return [INTRODUCTION, `## By the library\n\n${renderRows(rows)}`, ...examples].join('\n');
}

function identity({ path, rule, reason }: Acknowledgement): string {
  return JSON.stringify([path, rule, reason]);
}

function row(where: string, { rule, reason }: Acknowledgement): Row {
  // The logical id of a bucket or a role is another one in every stack, and from another stack it is the name of an export.
  return { where, reason, rule: rule.replace(/<[A-Za-z0-9]+(\.Arn)?>/g, '<…$1>').replace(/[A-Za-z0-9]+:ExportsOutput[A-Za-z0-9]+/g, '<…>') };
}

/** One line for all rules that the same reason answers at the same place. */
function renderRows(rows: Row[]): string {
  const lines = new Map<string, Set<string>>();
  for (const { where, reason, rule } of rows) {
    const key = JSON.stringify([where, reason]);
    lines.set(key, (lines.get(key) ?? new Set()).add(rule));
  }
  const rendered = [...lines].map(([key, rules]) => {
    const [where, reason] = JSON.parse(key);
    return `| \`${where}\` | ${[...rules].sort().map((rule) => `\`${rule}\``).join('<br>')} | ${reason} |`;
  });
  return ['| Construct | Finding | Why it stands |', '|---|---|---|', ...rendered.sort(), ''].join('\n');
}
