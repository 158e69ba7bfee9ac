import type { FuzzOptions } from '../../src/internal/harness.js';
import { BUDGET, PROVE } from '../../../core/test/runs.js';

/** Seconds of trials in `npm run prove`. */
const SECONDS = 30;
/** More than any machine tries in that time. */
const MANY = 1_000_000;

/**
 * How many trials: `slice`; in `npm run prove` as many as half a minute allows, which is noted for the part. The variable of the environment
 * names a number that is tried whatever it takes.
 */
export function budgetOf(variable: string, slice: number): Pick<FuzzOptions, 'seeds' | 'seconds'> {
  const asked = process.env[variable];
  if (asked !== undefined) return { seeds: Number(asked) };
  return PROVE ? { seeds: MANY, seconds: SECONDS * BUDGET } : { seeds: slice };
}
