// The faults and attacks that Postern is measured against, and the page docs/trust.md made from them: a row is held by the tests
// whose title starts with its id, and open when there is none.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AIM, MOST_PACKAGES, packagesByFamily, productionPackages } from './production-packages.mjs';
import { ROOT, filesBelow } from './workspace.mjs';

const FAULTS = {
  F1: 'a create takes effect and its answer is lost: one resource, found by its mark',
  F2: 'as F1, and the list does not show it: nothing is created until lists must show it',
  F3: 'as F2, and the process is killed: the next run adopts',
  F4: 'a kill at any await: the next run converges',
  F5: 'the journal is cut off or zero-filled at its end: the tail is dropped with a note',
  F6: 'the journal is damaged in its middle: refused, with the line',
  F7: 'the disk is full, read-only or failing: no change without a durable record',
  F8: 'the journal is deleted between runs: nothing is lost',
  F9: 'two applies of one spec on one machine: the second one names the holder of the lock',
  F10: 'two applies on two machines: no duplicate carries traffic',
  F11: 'a second project on the same gateway: refused because of the mark',
  F12: 'a link is deleted outside of Postern during an apply: named, no route uses it',
  F13: 'a mark is removed outside of Postern: not managed any more, reported',
  F14: 'a mark is forged on a foreign resource: mark, identity and spec decide',
  F15: 'the call that writes the mark fails, where it is a separate call: the resource is recognized',
  F16: 'throttled for a minute: the pace is halved, calls stay within a budget',
  F17: 'throttled or 5xx after the effect: the outcome is unknown, not failed',
  F18: 'HTML, empty or cut-off answers: a typed error; unknown outcome for writes',
  F19: 'an answer after the timeout: as F1',
  F20: 'pages are missing, repeated or endless: complete or a typed error; incomplete never means absent',
  F21: 'items appear and disappear while a list is read: two equal reads before anything is removed',
  F22: 'a state reverts: no route before the link stays ready',
  F23: 'a link fails after minutes: ID and reason are kept',
  F24: 'an undocumented state: the wait ends and names the state',
  F25: 'a read is denied during a run: unknown, never absent',
  F26: 'a write is denied during a run: it stops and can be resumed',
  F27: 'credentials expire or change account during a run',
  F28: 'the clock jumps: waits are monotonic',
  F29: 'the quota is full during a replacement: the old link stays',
  F30: 'a deletion is blocked by a foreign reference: named, the rest continues',
  F31: 'a deletion takes effect and its answer is lost, or the resource does not exist: success',
  F32: 'a link is INACTIVE: it is used, because only calls reactivate it, and plans say what to do first',
  F33: 'the data path lags behind the control plane: the old link is kept until a probe passes',
  F34: 'long requests are in progress at removal: drained first',
  F35: 'concurrent writes to one gateway: one at a time, read again, retried once',
  F36: 'two resources with one name: chosen by ID or mark, or refused with both IDs',
  F37: 'signals and closed pipes: finished and recorded',
  F38: 'an uncaught error: exit 1, no secret in the report',
  F39: 'no network for minutes: a bounded wait, then the run continues',
  F40: 'one region is unavailable permanently: the others finish',
  F41: 'two controllers undo each other: both are named',
  F42: 'an empty or half spec: refused',
  F43: 'a plan from another state: refused by its fingerprint',
  F44: 'the state changed between plan and apply: refused where it affects the plan',
  F45: 'files of older and newer versions: migrated or refused',
  F46: 'the simulator itself is wrong: two evaluators without common code',
};

const ATTACKS = {
  A1: '`__proto__` and similar keys and names',
  A2: 'alias bombs',
  A3: 'deep nesting',
  A4: 'very many keys or items: linear time',
  A5: 'very long lines, NUL, byte order marks, other encodings',
  A6: 'slow regular expressions',
  A7: 'odd numbers and duplicate keys',
  A8: 'terminal escapes in names',
  A9: 'commands to a CI system at the start of a line',
  A10: 'HTML and links in reports',
  A11: 'control characters in JUnit reports',
  A12: 'line breaks in names that reach a journal or a log',
  A13: 'a plan edited by hand',
  A14: 'a forged journal',
  A15: 'a forged snapshot',
  A16: 'paths made from names; symbolic links',
  A17: 'code in a spec runs only when it is named',
  A18: 'POSTERN_SIMULATOR set where it should not be',
  A19: 'endpoints taken from data',
  A20: 'secrets in any output',
  A21: 'the simulator reached from the network',
  A22: 'DNS rebinding of the simulator',
  A23: 'requests of a browser to the simulator',
  A24: 'slow, huge or smuggled requests to the simulator',
  A25: 'the data path as an open proxy',
  A26: 'a dependency taken over: the number of packages in the production tree only falls (see below)',
  A27: 'a tampered release',
  A28: 'the CI workflow taken over',
  A29: 'odd spellings of addresses',
  A30: 'the ends of the address range',
  A31: 'look-alike ids',
  A32: 'endless or enormous answers',
};

/** What the tests of a row leave out, and why. */
const LIMITS = {
  F21: 'Where one item is added and another one deleted between two numbered pages, the count shows nothing: the second read of `apply` decides.',
  F33: 'HTTP APIs and WebSocket APIs have no test call. Their old link is kept for the longest timeout of their routes and 5 s, or as long as `--drain` says: a data path that lags longer loses calls.',
  F38: 'Node ends a process that is out of memory by itself. For the cloud and the journal this is a kill (F4).',
  F41: 'The clouds do not name who changed a resource, so Postern names the resource and the times. It needs the journal of the earlier runs.',
  A27: 'Nothing is published yet, so there is no provenance to verify.',
};

const TITLE =
  /\b(?:it|test|describe(?:On\w+)?)(?:\.each\([\s\S]{0,4000}?\))?\(\s*(['"`])((?:[AF]\d+\b[ ,:]*(?:and )?)+)/g;

function testsByRow() {
  const files = ['packages', 'examples', 'scripts'].flatMap((folder) =>
    filesBelow(path.join(ROOT, folder), (file) => file.endsWith('.test.ts')),
  );
  const rows = new Map();
  for (const file of files) {
    for (const [, , ids] of readFileSync(file, 'utf8').matchAll(TITLE)) {
      for (const id of ids.match(/[AF]\d+/g))
        rows.set(id, (rows.get(id) ?? new Set()).add(path.relative(ROOT, file).replaceAll(path.sep, '/')));
    }
  }
  return rows;
}

const table = (rows, held) =>
  ['| row | what must hold | tests |', '| --- | --- | --- |']
    .concat(
      Object.entries(rows).map(
        ([id, text]) =>
          `| ${id} | ${[text, LIMITS[id]].filter(Boolean).join('. ')} | ${[...(held.get(id) ?? [])].map((file) => `[${path.basename(file)}](../${file})`).join(', ') || 'open'} |`,
      ),
    )
    .join('\n');

/** docs/trust.md as it should be. */
export function trustPage() {
  const held = testsByRow();
  return `# Faults and attacks

Written by \`node scripts/check-docs.mjs --write\`. The tests of a row are those whose titles start with its ID. They cover as much of it
as the product has today. Rows without a test are open. A row says what its tests leave out, and why.

## Faults

${table(FAULTS, held)}

## Attacks

${table(ATTACKS, held)}

## Trials

A trial applies the specs of a scenario with events by chance, deletes everything, and checks the invariants of
\`@postern/testing/harness\`: among them that no call of a route that worked is lost. Events are faults of calls, kills before and after each
call, record and wait, lost or damaged journals, clocks that are set, a second machine, and edits of somebody else. A trial of a move carries out
\`run\`, and then \`finish\`, \`rollback\` or \`abort\`, with the same events and a second operator. Between two awaits a process only computes: a
kill there leaves what a kill right before the next await leaves.

\`npm test\` makes 200 trials a cloud of small scenarios, and replays what trials have found. \`npm run prove\` makes 2,000 trials a cloud of all
scenarios, 250 of moves, a part of all trials with one event or two, and kills real processes. It also plants mistakes in \`apply\`, the
journal, plans, moves, adapters, checks and simulated clouds, one at a time: each has to be noticed.

${packages()}
`;
}

/** What an installation of the command brings, as the lockfile has it. */
function packages() {
  const tree = productionPackages('cli');
  const families = packagesByFamily(tree);
  const clouds = families
    .filter(([family]) => /^(?:AWS|Alibaba)/.test(family))
    .reduce((sum, [, count]) => sum + count, 0);
  const rows = families.map(([family, count]) => `| ${family} | ${count} |`);
  return `## Packages of others

An installation of the command brings ${tree.found.size} packages of others. The aim is ${AIM}, and it is ${tree.found.size <= AIM ? 'reached' : 'not reached'}: the clouds' own clients, with
what they need, are ${clouds} of them. \`npm test\` counts, and fails over ${MOST_PACKAGES}. Nothing of all this is loaded before a command needs it; core's main
entry needs none. What Postern asks for it asks for in one version; what those packages ask for in turn is theirs to choose, unless an
installation has a lockfile. None of them runs anything at installation.

| brought by | packages |
| --- | --- |
${rows.join('\n')}`;
}
