// Which files are too dear for `npm test`: they take more than 2 CPU-seconds, by the median of the last runs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE } from './workspace.mjs';

const LIMIT = 2;
/** One run says little: a file is judged by at least so many. */
const LEAST_RUNS = 3;
/** Runs that are remembered of each file. */
const RUNS = 7;
const HISTORY = path.join(CACHE, 'dear-files.json');

/** Milliseconds of CPU that the loop takes on the machine by which the limit is set. */
const LOOP_MS = 25;
/** How often it runs beside the tests. */
const EVERY_MS = 5_000;

/** Milliseconds of CPU for what tests do most: objects, texts and JSON, more of them than a cache holds. */
function loopMs() {
  const before = process.cpuUsage();
  const rows = Array.from({ length: 12_000 }, (_, at) => ({ id: `row-${at}`, at, parts: [at, `${at * 7}`] }));
  const read = JSON.parse(JSON.stringify(rows));
  const byId = new Map(read.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => [row.id, row]));
  const { user, system } = process.cpuUsage(before);
  return byId.size === rows.length ? (user + system) / 1e3 : 0;
}

/**
 * Measures this machine beside the tests. The returned function ends it, and says how much slower than the machine of the limit it was:
 * at least 1.
 */
export function measureMachine() {
  for (let at = 0; at < 3; at += 1) loopMs(); // until it is compiled
  const taken = [loopMs()];
  const timer = setInterval(() => taken.push(loopMs()), EVERY_MS);
  return () => {
    clearInterval(timer);
    return Math.max(1, median(taken) / LOOP_MS);
  };
}

/** The middle one of some numbers. */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** The history with one more run: of each file its last CPU-seconds, on the machine of the limit. */
export function withRun(history, files, slower) {
  const rows = files.map(({ file, tests }) => [file, [...(history[file] ?? []), tests / slower].slice(-RUNS)]);
  return Object.fromEntries(rows);
}

/** What is said of each file whose median is above the limit. */
export function tooDear(history) {
  return Object.entries(history)
    .filter(([, runs]) => runs.length >= LEAST_RUNS)
    .map(([file, runs]) => [file, median(runs)])
    .filter(([, seconds]) => seconds > LIMIT)
    .map(
      ([file, seconds]) =>
        `${file} takes ${seconds.toFixed(1)} CPU-seconds; the limit of npm test is ${LIMIT}. ` +
        `Make it shorter, or rename it to ${path.basename(file).replace(/\.test\.ts$/, '.verify.test.ts')}: npm run verify runs it then.`,
    );
}

/** Remembers a run of `npm test` on a machine that was so much slower than that of the limit, and returns what is too dear. */
export function checkDearFiles(files, slower) {
  const history = existsSync(HISTORY) ? JSON.parse(readFileSync(HISTORY, 'utf8')) : {};
  const next = withRun(history, files, slower);
  writeFileSync(HISTORY, JSON.stringify(next));
  return tooDear(next);
}
