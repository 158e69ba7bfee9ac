// What `npm run mutants` has counted, by file, kept in scores.json for docs/trust.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, readJson } from '../workspace.mjs';

const SCORES = new URL('scores.json', import.meta.url);
const REPORT = path.join(CACHE, 'mutants', 'report.json');

/** By file: `{ date, caught, missed }`. */
export const readScores = () => (existsSync(SCORES) ? JSON.parse(readFileSync(SCORES, 'utf8')) : {});

/** A mutant that makes a test fail, or never end, is caught. One that no test reaches is missed. */
const STATUSES = { Killed: 'caught', Timeout: 'caught', Survived: 'missed', NoCoverage: 'missed' };

/** Takes over the counts of these files, or folders as `folder/*.ts`, from Stryker's report. Files that do not exist any more are left out. */
export function keepScores(root, date, counted) {
  const scores = readScores();
  for (const [file, { mutants }] of Object.entries(readJson(REPORT).files)) {
    // The report also has the files of earlier runs, without the mutants that have changed since.
    if (!counted.includes(file) && !counted.includes(`${path.posix.dirname(file)}/*.ts`)) continue;
    const counts = { date, caught: 0, missed: 0 };
    for (const { status } of mutants) if (STATUSES[status] !== undefined) counts[STATUSES[status]] += 1;
    const { date: before, caught, missed } = scores[file] ?? {};
    if (before === undefined || caught !== counts.caught || missed !== counts.missed) scores[file] = counts;
  }
  const kept = Object.entries(scores).filter(([file]) => existsSync(path.join(root, file)));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(SCORES, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}
