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

/** How many calls are kept: about 10 MB of JSON, and 3 MB in memory. */
export const JOURNAL_CAPACITY = 100_000;

/** A part of the journal. */
export interface JournalPage {
  readonly calls: JournalEntry[];
  /** All calls since the last reset, those that are no longer kept among them. */
  readonly total: number;
  /** What to give as `after` for the calls that follow; absent on the last page. */
  readonly next?: number;
}

/** The most that a page has where no limit is given. */
const JOURNAL_PAGE = 10_000;
/** The longest name of an operation that is kept: what a caller sent may be of any length. */
const NAME = 256;

/**
 * The clouds' calls in columns: a record for each call would be garbage a moment later. They grow with the calls, since most
 * worlds see few: a megabyte for each world at its start was a twelfth of the CPU of a suite that opens many.
 */
class Columns {
  readonly service: string[] = [];
  readonly operation: string[] = [];
  readonly status: number[] = [];
  readonly at: number[] = [];
}

/** The calls of the clouds since the last reset: the last {@link JOURNAL_CAPACITY} of them, oldest first. */
export class Journal {
  #kept = new Columns();
  #total = 0;
  /** Names of operations, so that no name keeps the request alive that it was cut out of. */
  readonly #names = new Map<string, string>();

  /** Adds a call, in the place of the oldest one where the journal is full. */
  record(service: string, operation: string, status: number, at: number): void {
    const index = this.#total % JOURNAL_CAPACITY;
    this.#kept.service[index] = service;
    this.#kept.operation[index] = this.#named(operation);
    this.#kept.status[index] = status;
    this.#kept.at[index] = at;
    this.#total += 1;
  }

  /** The calls that are kept. */
  list(): JournalEntry[] {
    return this.page(0, JOURNAL_CAPACITY).calls;
  }

  /** @param after the sequence number before the first call; @param limit the most calls of the page */
  page(after = 0, limit = JOURNAL_PAGE): JournalPage {
    const first = Math.max(after, this.#total - JOURNAL_CAPACITY);
    const end = Math.min(this.#total, first + limit);
    const calls: JournalEntry[] = [];
    let [last, time] = [NaN, ''];
    for (let sequence = first; sequence < end; sequence += 1) {
      const index = sequence % JOURNAL_CAPACITY;
      const { service, operation, status, at } = this.#kept;
      const ms = at[index] ?? 0;
      if (ms !== last) [last, time] = [ms, new Date(ms).toISOString()]; // many calls have the same time
      calls.push({
        sequence: sequence + 1,
        service: service[index] ?? '',
        operation: operation[index] ?? '',
        status: status[index] ?? 0,
        time,
      });
    }
    return { calls, total: this.#total, ...(end < this.#total && { next: end }) };
  }

  /** Forgets all. */
  reset(): void {
    this.#kept = new Columns();
    this.#total = 0;
  }

  #named(operation: string): string {
    const known = this.#names.get(operation);
    if (known !== undefined) return known;

    if (this.#names.size >= JOURNAL_PAGE) this.#names.clear();
    const name = Buffer.from(operation.slice(0, NAME)).toString();
    this.#names.set(name, name);
    return name;
  }
}
