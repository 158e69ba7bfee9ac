import { PROVE } from '../../../core/test/runs.js';
/** Families of the conformance suite that are about the wire. */
const WIRE: readonly (string | undefined)[] = ['targets', 'errors', 'abort', undefined];

/**
 * Whether the checks of a family call the simulated cloud in one process, where time advances without a pause: runs do, since they make
 * many calls, and in `npm test` all others that are not about the wire.
 */
export function isInProcess(family: string | undefined): boolean {
  return family === 'apply' || (!PROVE && !WIRE.includes(family));
}
