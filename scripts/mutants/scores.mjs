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

/** Takes over the counts of the files in Stryker's report that are as they were then. Files that do not exist any more are left out. */
export function keepScores(root, date) {
  const scores = readScores();
  for (const [file, { mutants, source }] of Object.entries(readJson(REPORT).files)) {
    // The report also has the files of earlier runs, as they were then.
    if (!existsSync(path.join(root, file)) || readFileSync(path.join(root, file), 'utf8') !== source) continue;
    const counts = { date, caught: 0, missed: 0 };
    for (const { status } of mutants) if (STATUSES[status] !== undefined) counts[STATUSES[status]] += 1;
    const { date: before, caught, missed } = scores[file] ?? {};
    if (before === undefined || caught !== counts.caught || missed !== counts.missed) scores[file] = counts;
  }
  const kept = Object.entries(scores).filter(([file]) => existsSync(path.join(root, file)));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(SCORES, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}
