import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Whether `npm run prove` runs, with its long counts. `npm test` and `npm run verify` run a fixed slice. */
export const PROVE = process.env['POSTERN_PROVE'] !== undefined;

/** The number of runs of a property: `slice`; in `npm run prove` `long`, or as many as its seconds allow (`scripts/sources/budget.mjs`). */
export function runs(slice: number, long: number): number {
  return PROVE ? long : slice;
}

/** Seconds that a seeded run may take in `npm run prove`. */
const BUDGET_SECONDS = 10;

/** The part of its seconds that each run gets: `POSTERN_BUDGET=0.1` shows in a short time whether `npm run prove` works. */
export const BUDGET = Number(process.env['POSTERN_BUDGET'] ?? 1);

/**
 * The seeds of a run, from 1 on: `slice` of them. In `npm run prove` up to `long`, as many as its seconds allow; the part notes how many it
 * took, since a slower machine takes fewer.
 */
export function* seeds(slice: number, long: number, seconds: number = BUDGET_SECONDS): Generator<number, void, void> {
  yield* within(
    Array.from({ length: runs(slice, long) }, (_, at) => at + 1),
    seconds,
  );
}

/**
 * The rows of a table: all, and in `npm run prove` as many as its seconds allow, at least one. There they come in steps of the golden
 * ratio, so that those that are left out are not all at the end.
 */
export function* within<T>(rows: readonly T[], seconds: number = BUDGET_SECONDS): Generator<T, void, void> {
  const started = Date.now();
  let taken = 0;
  for (const row of PROVE ? spread(rows) : rows) {
    if (PROVE && taken > 0 && Date.now() - started > seconds * BUDGET * 1_000) break;
    yield row;
    taken += 1;
  }
  noteSeeds(taken, taken < rows.length);
}

/** These, then those, one by one. A spread of {@link seeds} takes all of them before the first is tried, so that no time ends them. */
export function* inTurn<T>(first: Iterable<T>, then: Iterable<T>): Generator<T, void, void> {
  yield* first;
  yield* then;
}

/** All rows, in steps of about 0.618 of their number. */
function spread<T>(rows: readonly T[]): readonly T[] {
  const count = rows.length;
  let step = Math.max(1, Math.round(count * 0.618));
  const divides = (a: number, b: number): number => (b === 0 ? a : divides(b, a % b));
  while (divides(step, count) > 1) step += 1;
  return rows.map((_, at) => rows[(at * step) % count] as T);
}

/** Notes for the part of `npm run prove` how many seeds the current test took, and whether its seconds ended it. */
export function noteSeeds(seeds: number, isCut: boolean): void {
  const file = process.env['POSTERN_SEEDS'];
  if (file === undefined) return;
  const { currentTestName: test } = expect.getState();
  appendFileSync(file, `${JSON.stringify({ test, seeds, isCut })}\n`);
}

/** Of the rows of a table one in so many, from the first one on; in `npm run prove` all, or one in `long`. */
export function sample<const T>(rows: readonly T[], every: number, long = 1): readonly T[] {
  return rows.filter((_, at) => at % (PROVE ? long : every) === 0);
}
