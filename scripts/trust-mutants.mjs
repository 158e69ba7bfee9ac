// What the mutants of `apply` and `plan` have shown, for docs/trust.md.
import path from 'node:path';
import { readScores } from './mutants/scores.mjs';
import { ROOT, filesBelow } from './workspace.mjs';

const SOURCES = 'packages/core/src';
const FOLDERS = ['apply', 'plan'];

const allFiles = () =>
  FOLDERS.flatMap((folder) =>
    filesBelow(path.join(ROOT, SOURCES, folder), (file) => file.endsWith('.ts')).map((file) =>
      path.relative(ROOT, file).replaceAll(path.sep, '/'),
    ),
  );

const percent = (caught, missed) => `${(Math.floor((caught * 1000) / (caught + missed)) / 10).toFixed(1)} %`;
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const short = (file) => file.slice(SOURCES.length + 1);

/** The section of the page. */
export function mutants() {
  const scores = readScores();
  const files = allFiles();
  const counted = files.filter((file) => scores[file] !== undefined);
  const rows = counted.map((file) => ({ file, ...scores[file] })).filter(({ caught, missed }) => caught + missed > 0);
  const open = files.filter((file) => scores[file] === undefined);
  const dates = [...new Set(rows.map(({ date }) => date))].toSorted();
  const folders = [...new Set(rows.map(({ file }) => path.posix.dirname(short(file))))].map((folder) => {
    const inside = rows.filter(({ file }) => path.posix.dirname(short(file)) === folder);
    return { file: `all of \`${folder}/\` above`, caught: sum(inside, 'caught'), missed: sum(inside, 'missed') };
  });
  const line = ({ file, caught, missed }) =>
    `| ${file} | ${caught + missed} | ${caught} | ${percent(caught, missed)} |`;
  const total = { file: 'all', caught: sum(rows, 'caught'), missed: sum(rows, 'missed') };
  return `## Mutants

\`npm run mutants\` changes \`apply\` and \`plan\` of core in small ways, one at a time, by Stryker: another comparison, a condition that is
always true, an empty block, another state. The tests of \`apply\` and \`plan\` run with each change, those that reach it only. A mutant is
caught where a test fails or does not end. Sentences and empty lists are not changed. One that
survives 8 s of tests counts as missed. A comment \`Stryker disable\` in a source says why a mutant cannot change anything. All of it takes hours, so that no other command runs it. The aim
is 90 %, and 100 % for ownership and deletion. Counted on ${dates.join(' and ')}:

| file | mutants | caught | score |
| --- | --- | --- | --- |
${rows.map((row) => line({ ...row, file: `\`${short(row.file)}\`` })).join('\n')}
${[...folders, total].map(line).join('\n')}

${open.length === 0 ? 'All files are counted.' : `Not counted yet: ${open.map((file) => `\`${short(file)}\``).join(', ')}.`}`;
}
