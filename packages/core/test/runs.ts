/** Whether `npm run prove` runs, with its long counts. `npm test` runs a fixed slice. */
export const PROVE = process.env['POSTERN_PROVE'] !== undefined;

/** The number of runs of a property: `slice` in `npm test`, `long` in `npm run prove`. */
export function runs(slice: number, long: number): number {
  return PROVE ? long : slice;
}

/** Of the rows of a table one in so many, from the first one on; in `npm run prove` all. */
export function sample<const T>(rows: readonly T[], every: number): readonly T[] {
  return PROVE ? rows : rows.filter((_, at) => at % every === 0);
}

/** Milliseconds that a long run may take. */
export const LONG_MS = 900_000;

/** Whether this is `npm run prove`: tests of minutes are part of it alone. */
export const PROVES = runs(0, 1) === 1;
