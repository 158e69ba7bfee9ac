import type { TrialResult } from './trial/trial-record.js';
import type { Deed } from './trial/virtual-process.js';

/** How often each event met each operation: `CreateVpcLink lost` → 12. */
export class Hits {
  readonly #counts = new Map<string, number>();

  /** Counts the events of a trial. */
  add({ events, deeds }: Pick<TrialResult, 'events' | 'deeds'>): void {
    for (const { moment, kind } of events) {
      const deed = deeds[moment];
      if (deed === undefined) continue;

      const key = `${nameOf(deed)} ${kind}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Sorted by name. */
  list(): readonly { readonly what: string; readonly hits: number }[] {
    return [...this.#counts].map(([what, hits]) => ({ what, hits })).sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}

/** The operation of a call, or what else a process did. */
export function nameOf(deed: Deed): string {
  return deed.is === 'call' ? deed.operation : deed.is;
}
