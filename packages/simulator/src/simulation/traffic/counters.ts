import { countMinute, type FigureRow, type Figures } from './figures.js';
import type { GatewayAnswer, Trace } from './gateway-call.js';
import { isLost, type Outcome } from './outcomes.js';

/** Calls that went the same way and ended alike. */
export interface CountedCalls extends Trace {
  readonly outcome: Outcome;
  readonly status: number;
  readonly calls: number;
  /** Simulated time, ISO 8601. */
  readonly firstAt: string;
  readonly lastAt: string;
}

type Ending = Pick<GatewayAnswer, 'trace' | 'outcome' | 'status'>;

/** All calls of gateways since the counters were reset. */
export interface TrafficCounters {
  readonly calls: number;
  readonly delivered: number;
  /** Those that a correct private integration would have delivered. */
  readonly lost: number;
  readonly by: readonly CountedCalls[];
}

/** One of the rows; see {@link CountedCalls}. */
export interface Row {
  /** Where it is counted: another map since a reset. */
  readonly rows: ReadonlyMap<string, Row>;
  readonly trace: Trace;
  readonly outcome: Outcome;
  readonly status: number;
  calls: number;
  readonly firstAt: number;
  lastAt: number;
  /** Where the figures of its route are counted. */
  readonly figures: FigureRow;
}

/** Counts calls by their way and their end. */
export class Counters {
  #rows = new Map<string, Row>();

  /** @param figures of each minute; they stay when the counters are reset */
  constructor(private readonly figures: Pick<Figures, 'row'>) {}

  /** One call has ended. @param known the row of another call that ended alike @returns its row */
  count({ trace, outcome, status }: Ending, at: number, known?: Row): Row {
    if (known?.rows === this.#rows) {
      known.calls += 1;
      known.lastAt = at;
      countMinute(known.figures, at, status >= 400);
      return known;
    }

    const { gateway, route, stage, link, target, source } = trace;
    const key = `${gateway}\n${route}\n${stage}\n${link}\n${target}\n${source}\n${outcome}\n${status}`;
    const row = this.#rows.get(key);
    if (row) return this.count({ trace, outcome, status }, at, row);

    const figures = this.figures.row(trace);
    const first: Row = { rows: this.#rows, trace, outcome, status, calls: 1, firstAt: at, lastAt: at, figures };
    countMinute(figures, at, status >= 400);
    this.#rows.set(key, first);
    return first;
  }

  /** The sums, and a row for each way and end. */
  list(): TrafficCounters {
    const rows = [...this.#rows.values()];
    const sum = (isCounted: (outcome: Outcome) => boolean): number =>
      rows.reduce((calls, row) => calls + (isCounted(row.outcome) ? row.calls : 0), 0);
    return {
      calls: sum(() => true),
      delivered: sum((outcome) => outcome === 'delivered'),
      lost: sum(isLost),
      by: rows.map(({ trace, outcome, status, calls, firstAt, lastAt }) => {
        const { gateway, route, stage, link, target, source } = trace;
        const times = { firstAt: new Date(firstAt).toISOString(), lastAt: new Date(lastAt).toISOString() };
        return { gateway, route, stage, link, target, source, outcome, status, calls, ...times };
      }),
    };
  }

  /** No call was made. */
  reset(): void {
    this.#rows = new Map();
  }
}
