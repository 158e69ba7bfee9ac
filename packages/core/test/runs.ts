/** The number of runs of a property: `slice` in `npm test`, `long` in `npm run prove`. */
export function runs(slice: number, long: number): number {
  return process.env['POSTERN_PROVE'] ? long : slice;
}

/** Milliseconds that a long run may take. */
export const LONG_MS = 900_000;

/** Whether this is `npm run prove`: tests of minutes are part of it alone. */
export const PROVES = runs(0, 1) === 1;
