// What the mutants of `apply` and `plan` have shown, for docs/trust.md.
import path from 'node:path';
import { readScores } from './mutants/scores.mjs';
import { ROOT, filesBelow } from './workspace.mjs';

const SOURCES = 'packages/core/src';
const FOLDERS = ['apply', 'plan'];

/** What decides whether a resource is the spec's, and whether it is deleted, or created a second time. */
const OWNERSHIP =
  /^(?:plan\/removal\/|plan\/guard\/(?:deletions|empty-spec)\.ts$|plan\/(?:destroy|draft|forget|forget-names|notes\/kept|protected)\.ts$|plan\/links\/(?:link-marks|link-users|mark-group)\.ts$|apply\/(?:create-in-steps|create-once|creation|ensure|undone-changes)\.ts$)/;

const allFiles = () =>
  FOLDERS.flatMap((folder) =>
    filesBelow(path.join(ROOT, SOURCES, folder), (file) => file.endsWith('.ts')).map((file) =>
      path.relative(ROOT, file).replaceAll(path.sep, '/'),
    ),
  );

const percent = (caught, missed) => `${(Math.floor((caught * 1000) / (caught + missed)) / 10).toFixed(1)} %`;
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const short = (file) => file.slice(SOURCES.length + 1);

/** The score of these files as a line of the table, with the lowest of them where one is not 100 %. */
function line(title, rows) {
  const [caught, missed] = [sum(rows, 'caught'), sum(rows, 'missed')];
  const rate = (row) => row.caught / (row.caught + row.missed);
  const [lowest] = rows.toSorted((a, b) => rate(a) - rate(b));
  const least =
    lowest === undefined || lowest.missed === 0
      ? ''
      : `\`${path.posix.basename(lowest.file)}\` ${percent(lowest.caught, lowest.missed)}`;
  return `| ${title} | ${rows.length} | ${caught + missed} | ${caught} | ${percent(caught, missed)} | ${least} |`;
}

/** The section of the page. */
export function mutants() {
  const scores = readScores();
  const files = allFiles();
  const counted = files.filter((file) => scores[file] !== undefined);
  const rows = counted
    .map((file) => ({ file: short(file), endless: 0, equal: 0, ...scores[file] }))
    .filter(({ caught, missed }) => caught + missed > 0);
  const open = files.filter((file) => scores[file] === undefined);
  const dates = [...new Set(rows.map(({ date }) => date))].toSorted();
  const folders = [...new Set(rows.map(({ file }) => path.posix.dirname(file)))].toSorted();
  const inFolder = (folder) => rows.filter(({ file }) => path.posix.dirname(file) === folder);
  const low = rows
    .filter(({ caught, missed }) => caught * 10 < (caught + missed) * 9)
    .map(({ file, caught, missed }) => `\`${file}\` ${percent(caught, missed)}`);
  return `## Mutants

\`npm run mutants\` changes \`apply\` and \`plan\` of core in small ways, one at a time, by Stryker: another comparison, a condition that is
always true, an empty block, another state. The tests of core that plan or apply run with each change, those that reach it only. A mutant is caught where a test fails or does not end (${sum(rows, 'endless')} of those counted did not end). Sentences and empty lists are not changed.
One that survives 1.5 s of tests, in CPU time, counts as missed. ${sum(rows, 'equal')} mutants change no behavior and are not counted: a comment
\`Stryker disable\` in the source says why. All of it takes hours, so that no other command runs it. The aim is 90 %, and 100 % for ownership and
deletion: the files that decide whether a resource is the spec's, and whether it is deleted or created again. Counted on ${dates.join(' and ')}:

| folder | files | mutants | caught | score | lowest file |
| --- | --- | --- | --- | --- | --- |
${folders.map((folder) => line(`\`${folder}/\``, inFolder(folder))).join('\n')}
${line(
  'ownership and deletion, of these',
  rows.filter(({ file }) => OWNERSHIP.test(file)),
)}
${line('all', rows)}

${low.length === 0 ? 'No file is below 90 %.' : `Below 90 %: ${low.join(', ')}.`}

${open.length === 0 ? 'All files are counted.' : `Not counted yet: ${open.map((file) => `\`${short(file)}\``).join(', ')}.`}`;
}
