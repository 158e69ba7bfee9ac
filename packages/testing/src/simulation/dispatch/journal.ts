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

/** Every call of a cloud since the last reset, oldest first, uncapped. */
export class Journal {
  #entries: { service: string; operation: string; status: number; at: number }[] = [];

  /** Adds a call. */
  record(service: string, operation: string, status: number, at: number): void {
    this.#entries.push({ service, operation, status, at });
  }

  /** The calls. */
  list(): JournalEntry[] {
    let [last, time] = [NaN, ''];
    return this.#entries.map(({ service, operation, status, at }, index) => {
      if (at !== last) [last, time] = [at, new Date(at).toISOString()]; // many calls have the same time
      return { sequence: index + 1, service, operation, status, time };
    });
  }

  /** Forgets all. */
  reset(): void {
    this.#entries = [];
  }
}
