import type { FaultKind } from '@postern/simulator';
import type { Twin } from './twin.js';

/** What a retry or a new run must survive. Refusals and expired credentials are not among them: they end every run. */
const KINDS: readonly FaultKind[] = ['throttle', 'error', 'reset', 'lost', 'throttle-after', 'error-after', 'stale'];
/** How old a stale answer is at most, in simulated milliseconds. */
const STALE_MS = 10_000;

/** Lets a share of the calls of the clouds fail, in percent, by the twin's seed. */
export function addFaults({ simulation }: Pick<Twin, 'simulation'>, percent: number): void {
  for (const kind of KINDS) {
    const probability = percent / 100 / KINDS.length;
    simulation.faults.add({ kind, probability, ...(kind === 'stale' ? { ms: STALE_MS } : {}) });
  }
}
