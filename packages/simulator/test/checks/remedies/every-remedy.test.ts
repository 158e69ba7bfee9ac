import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CASES } from './cases.js';
import { TAKES_AWAY } from './takes-away.js';

/** Where checks are, and what their files are called: `checks/target/exposed.ts` of core, `alibaba/checks/clb/intranet.ts`. */
const CHECKS = {
  '': 'core/src/check/',
  'aws/': 'aws/src/cloud/',
  'aws/vpc-links/': 'aws/src/vpc-links/cloud/',
  'alibaba/': 'alibaba/src/cloud/',
  'alibaba/cloud-native/': 'alibaba/src/cloud-native/cloud/',
  'alibaba/traditional/': 'alibaba/src/traditional/cloud/',
} as const;
const VERB =
  /(?<![\w/-])(?:restrict|narrow|remove|delete|detach|disable|keep only|allow only|allows \{allowed\}|postern revoke|weight (?:of \S+ )?to 0|leave \S+ out)(?= [\w${]|[`'|\]])/gi;
/** Texts of these folders are no remedies. */
const NONE = /^(?:graph|report|judge)\//;
/** Comments, code, and texts that tell nobody to do something: about a check, and what was found. */
const FOUND =
  /^\s*(?:\*|\/\*|\/\/|import|title:|message:|because:|codes:)|^\s*'.*' \+$|^[^`']*$|`postern apply\\?` refuses/;
/** What stands before the last line of the documentation of a check, and before a message that has a line of its own. */
const BEFORE = /(?:about:|' \+|\b(?:fail|pass|unknown|undecided|reason)\()$/;

/** Where the texts of all checks tell a user to take something away: from the verb on. */
function texts(): readonly (readonly [file: string, text: string])[] {
  return Object.entries(CHECKS).flatMap(([prefix, folder]) => textsBelow(prefix, folder));
}

function textsBelow(prefix: string, folder: string): readonly (readonly [file: string, text: string])[] {
  const root = new URL(`../../../../${folder}`, import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return files
    .filter((name) => name.endsWith('.ts') && !NONE.test(name) && (prefix === '' || name.startsWith('checks/')))
    .toSorted()
    .flatMap((name) =>
      readFileSync(new URL(name, root), 'utf8')
        .split('\n')
        .filter((line, at, lines) => !FOUND.test(line) && !BEFORE.test(lines[at - 1] ?? ''))
        .flatMap((line) => [...line.matchAll(VERB)].map(({ index }) => line.slice(index)))
        .map((text) => [`${prefix}${name}`, text] as const),
    );
}

it('each remedy that takes something away is carried out under load, or says why it can lose no call', () => {
  const all = texts();
  const isOf = ([file, text]: (typeof all)[number]) =>
    TAKES_AWAY.filter((row) => row[0] === file && text.startsWith(row[1]));
  expect(all.filter((one) => isOf(one).length === 0)).toEqual([]);
  const idle = TAKES_AWAY.filter((row) => !all.some((one) => isOf(one).includes(row)));
  expect(idle.map(([file, begins]) => `${file}: ${begins}`)).toEqual([]);
});

it('each case that a row names exists', () => {
  const named = TAKES_AWAY.flatMap(([, , row]) => (typeof row === 'string' || row.by === 'rules' ? [] : [row.by]));
  expect([...new Set(named)].toSorted()).toEqual(CASES.map(({ name }) => name).toSorted());
});
