/** One call of a cloud, as `GET /_postern/journal` lists it. */
export interface JournalEntry {
  /** Counts from 1 since the last reset. */
  readonly sequence: number;
  readonly service: string;
  /** As the SDK spells it, or what the caller sent where that names no operation. */
  readonly operation: string;
  /** The HTTP status answered, or that would have been, had the connection lived. */
  readonly status: number;
  /** Simulated time, ISO 8601. */
  readonly time: string;
}

/** How many calls are kept: about 10 MB of JSON. */
export const JOURNAL_CAPACITY = 100_000;

/** A part of the journal. */
export interface JournalPage {
  readonly calls: JournalEntry[];
  /** All calls since the last reset, those that are no longer kept among them. */
  readonly total: number;
  /** What to give as `after` for the calls that follow; absent on the last page. */
  readonly next?: number;
}

interface Recorded {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly at: number;
}

/** The calls of the clouds since the last reset: the last {@link JOURNAL_CAPACITY} of them, oldest first. */
export class Journal {
  #kept: Recorded[] = [];
  #total = 0;

  /** Adds a call, in the place of the oldest one where the journal is full. */
  record(service: string, operation: string, status: number, at: number): void {
    this.#kept[this.#total % JOURNAL_CAPACITY] = { service, operation, status, at };
    this.#total += 1;
  }

  /** The calls that are kept. */
  list(): JournalEntry[] {
    return this.page().calls;
  }

  /** @param after the sequence number before the first call; @param limit the most calls of the page */
  page(after = 0, limit = JOURNAL_CAPACITY): JournalPage {
    const first = Math.max(after, this.#total - JOURNAL_CAPACITY);
    const end = Math.min(this.#total, first + limit);
    const calls: JournalEntry[] = [];
    let [last, time] = [NaN, ''];
    for (let index = first; index < end; index += 1) {
      const recorded = this.#kept[index % JOURNAL_CAPACITY];
      if (!recorded) continue;
      const { service, operation, status, at } = recorded;
      if (at !== last) [last, time] = [at, new Date(at).toISOString()]; // many calls have the same time
      calls.push({ sequence: index + 1, service, operation, status, time });
    }
    return { calls, total: this.#total, ...(end < this.#total && { next: end }) };
  }

  /** Forgets all. */
  reset(): void {
    this.#kept = [];
    this.#total = 0;
  }
}
