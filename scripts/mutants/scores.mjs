// What `npm run mutants` has counted, by file, kept in scores.json for docs/trust.md.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, readJson } from '../workspace.mjs';

const SCORES = new URL('scores.json', import.meta.url);
const REPORT = path.join(CACHE, 'mutants', 'report.json');

/**
 * By file: `{ date, caught, missed, endless, equal }`. `endless` are those of `caught` that the time limit ended; `equal` are those that
 * a comment in the source leaves out, because they change no behavior.
 */
export const readScores = () => (existsSync(SCORES) ? JSON.parse(readFileSync(SCORES, 'utf8')) : {});

/** Why a mutant is left out that is no rule (ignorer.mjs); the others are left out by a comment. */
const NO_RULE = new Set(['the text of a message', 'an empty list']);

/** A mutant that makes a test fail, or never end, is caught. One that no test reaches, or whose run broke, is missed. */
const STATUSES = {
  Killed: 'caught',
  Timeout: 'caught',
  Survived: 'missed',
  NoCoverage: 'missed',
  RuntimeError: 'missed',
};

/** The files of `folder/*.ts`; a file is itself. */
function filesOf(root, pattern) {
  const [, folder] = /^(.+)\/\*\.ts$/.exec(pattern) ?? [];
  if (folder === undefined) return [pattern];
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.ts'));
  return names.map((name) => `${folder}/${name}`);
}

/** Takes over the counts of these files, or folders as `folder/*.ts`, from Stryker's report. Files that do not exist any more are left out. */
export function keepScores(root, date, counted) {
  const scores = readScores();
  // The report also has the files of earlier runs, without the mutants that have changed since. It has none without a mutant.
  const { files } = readJson(REPORT);
  for (const file of counted.flatMap((one) => filesOf(root, one))) {
    const { mutants = [] } = files[file] ?? {};
    const counts = { caught: 0, missed: 0, endless: 0, equal: 0 };
    for (const { status, statusReason } of mutants) {
      if (STATUSES[status] !== undefined) counts[STATUSES[status]] += 1;
      if (status === 'Timeout') counts.endless += 1;
      if (status === 'Ignored' && !NO_RULE.has(statusReason)) counts.equal += 1;
    }
    const before = scores[file] ?? {};
    if (Object.entries(counts).some(([key, count]) => before[key] !== count)) scores[file] = { date, ...counts };
  }
  const kept = Object.entries(scores).filter(([file]) => existsSync(path.join(root, file)));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(SCORES, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}
