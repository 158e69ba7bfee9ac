import type { EventSource } from './event-source.js';
import type { Invariant, Violation } from './invariants.js';
import type { EventKind, TrialEvent } from './trace.js';
import type { Deed } from './virtual-process.js';

/** What happened in a trial so far: its moments, its events, and the first invariant that did not hold. */
export class TrialRecord {
  readonly events: TrialEvent[] = [];
  readonly deeds: Deed[] = [];
  violation: Violation | undefined;
  /** Whether events happen now. */
  hasEvents = false;
  readonly #source: EventSource;

  constructor(source: EventSource) {
    this.#source = source;
  }

  /** Counts a moment, and returns its event. What is not a call meets only kills. */
  meets(deed: Deed): EventKind | undefined {
    const moment = this.deeds.length;
    this.deeds.push(deed);
    const kind = this.hasEvents ? this.#source(moment) : undefined;
    if (kind === undefined || (deed.is !== 'call' && !kind.startsWith('kill'))) return undefined;
    this.events.push({ moment, kind });
    return kind;
  }

  /** The first violation counts. */
  violated(invariant: Invariant, because: string): void {
    this.violation ??= { invariant, because, moment: this.deeds.length };
  }
}
