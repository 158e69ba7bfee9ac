import type { Simulation } from '../simulation/simulate.js';
import { versionOf } from '../simulation/world-of.js';

/**
 * `look`, which sees nothing but the clouds of a simulation: it looks again only after one of them may have changed. Most records of
 * a journal, and many events, have no change between them.
 */
export function perVersion<T>(simulation: Simulation, look: () => T): () => T {
  let seen: { readonly version: number; readonly answer: T } | undefined;
  return () => {
    const version = versionOf(simulation);
    if (version === undefined) return look();
    if (seen?.version !== version) seen = { version, answer: look() };
    return seen.answer;
  };
}
