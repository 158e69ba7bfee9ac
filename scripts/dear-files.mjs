// Which files are too dear for `npm test`: they take more than 2.5 CPU-seconds, by the median of the last runs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE } from './workspace.mjs';

const LIMIT = 2.5;
/** Runs that are remembered of each file. */
const RUNS = 7;
const HISTORY = path.join(CACHE, 'dear-files.json');

/** CPU-seconds of {@link slowness}'s loop on the machine by which the limit is set. */
const LOOP_SECONDS = 0.25;

/** How much slower than that machine this one is now, at least 1: by a loop of hashes and allocations. */
export function slowness() {
  const before = process.cpuUsage();
  let text = '';
  for (let at = 0; at < 60_000; at += 1) text = createHash('sha256').update(text).update(String(at)).digest('hex');
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, (user + system) / 1e6 / LOOP_SECONDS);
}

/** The middle one of some numbers. */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** The history with one more run: of each file its last CPU-seconds, on the machine of the limit. */
export function withRun(history, files, factor) {
  const rows = files.map(({ file, tests }) => [file, [...(history[file] ?? []), tests / factor].slice(-RUNS)]);
  return Object.fromEntries(rows);
}

/** What is said of each file whose median is above the limit. */
export function tooDear(history) {
  return Object.entries(history)
    .map(([file, runs]) => [file, median(runs)])
    .filter(([, seconds]) => seconds > LIMIT)
    .map(
      ([file, seconds]) =>
        `${file} takes ${seconds.toFixed(1)} CPU-seconds; the limit of npm test is ${LIMIT}. ` +
        `Make it shorter, or rename it to ${path.basename(file).replace(/\.test\.ts$/, '.verify.test.ts')}: npm run verify runs it then.`,
    );
}

/** Remembers a run of `npm test`, and returns what is too dear. `factor`: the slowness before it; that after it counts where it is greater. */
export function checkDearFiles(files, factor) {
  const history = existsSync(HISTORY) ? JSON.parse(readFileSync(HISTORY, 'utf8')) : {};
  const next = withRun(history, files, Math.max(factor, slowness()));
  writeFileSync(HISTORY, JSON.stringify(next));
  return tooDear(next);
}
