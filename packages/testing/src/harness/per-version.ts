import type { Simulation } from '@postern/simulator';

/**
 * `look`, which sees nothing but the clouds of a simulation: it looks again only after one of them may have changed. Most records of
 * a journal, and many events, have no change between them.
 */
export function perVersion<T>(simulation: Simulation, look: () => T): () => T {
  let seen: { readonly version: number; readonly answer: T } | undefined;
  return () => {
    const version = simulation.version();
    if (seen?.version !== version) seen = { version, answer: look() };
    return seen.answer;
  };
}
