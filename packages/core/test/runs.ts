import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Whether `npm run prove` runs, with its long counts. `npm test` and `npm run verify` run a fixed slice. */
export const PROVE = process.env['POSTERN_PROVE'] !== undefined;

/** The number of runs of a property: `slice`; in `npm run prove` `long`, or as many as its seconds allow (`scripts/sources/budget.mjs`). */
export function runs(slice: number, long: number): number {
  return PROVE ? long : slice;
}

/** Seconds that a seeded run may take in `npm run prove`. */
const BUDGET_SECONDS = 20;

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

/** Some things in their order: all, and in `npm run prove` as many as its seconds allow. At least the first one. */
export function* within<T>(all: Iterable<T>, seconds: number = BUDGET_SECONDS): Generator<T, void, void> {
  const started = Date.now();
  let taken = 0;
  let isCut = false;
  for (const one of all) {
    isCut = PROVE && taken > 0 && Date.now() - started > seconds * 1_000;
    if (isCut) break;
    yield one;
    taken += 1;
  }
  noteSeeds(taken, isCut);
}

/** Notes for the part of `npm run prove` how many seeds the current test took, and whether its seconds ended it. */
function noteSeeds(seeds: number, isCut: boolean): void {
  const file = process.env['POSTERN_SEEDS'];
  if (file === undefined) return;
  const { currentTestName: test } = expect.getState();
  appendFileSync(file, `${JSON.stringify({ test, seeds, isCut })}\n`);
}

/** Of the rows of a table one in so many, from the first one on; in `npm run prove` all. */
export function sample<const T>(rows: readonly T[], every: number): readonly T[] {
  return PROVE ? rows : rows.filter((_, at) => at % every === 0);
}

/** Milliseconds that a long run may take. */
export const LONG_MS = 900_000;
