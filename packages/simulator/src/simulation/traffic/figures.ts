import type { Trace } from './gateway-call.js';

/** What gateways count, as their monitoring shows it. */
export interface MinuteFigures {
  /** When the minute began: milliseconds since the epoch. */
  readonly at: number;
  readonly calls: number;
  /** Those that were answered with a status of 400 or more. */
  readonly failed: number;
}

/** Which calls: all members that are given must be those of the call. */
export type FigureFilter = Partial<Pick<Trace, 'gateway' | 'stage' | 'link'>> & {
  readonly routes?: ReadonlySet<string> | undefined;
};

/** Figures of a period. */
export type ReadFigures = (of: FigureFilter, fromMs: number, toMs: number) => readonly MinuteFigures[];

const MINUTE_MS = 60_000;

type Counted = { calls: number; failed: number };

/** One of the rows: calls of a route of a gateway. */
export interface FigureRow {
  readonly trace: Trace;
  readonly minutes: Map<number, Counted>;
}

/** Calls of each minute, since the world began or was loaded. */
export class Figures {
  #rows = new Map<string, FigureRow>();

  /** The row of calls that went this way. */
  row(trace: Trace): FigureRow {
    const { gateway, stage, route, link } = trace;
    const key = `${gateway}\n${stage}\n${route}\n${link}`;
    let row = this.#rows.get(key);
    if (row === undefined) this.#rows.set(key, (row = { trace, minutes: new Map() }));
    return row;
  }

  /** Sums of each minute of a period that has ended by then, without those in which no call ended. */
  readonly read: ReadFigures = ({ routes, ...of }, fromMs, toMs) => {
    const sums = new Map<number, Counted>();
    for (const { trace, minutes } of this.#rows.values()) {
      const fits = Object.entries(of).every(([name, value]) => trace[name as keyof Trace] === value);
      if (!fits || (routes !== undefined && !routes.has(trace.route))) continue;

      for (const [minute, { calls, failed }] of minutes) {
        if (minute * MINUTE_MS < fromMs || (minute + 1) * MINUTE_MS > toMs) continue;

        const sum = sums.get(minute) ?? { calls: 0, failed: 0 };
        sums.set(minute, { calls: sum.calls + calls, failed: sum.failed + failed });
      }
    }
    return [...sums].toSorted(([a], [b]) => a - b).map(([minute, sum]) => ({ at: minute * MINUTE_MS, ...sum }));
  };

  /** No call was made. */
  reset(): void {
    this.#rows = new Map();
  }
}

/** Counts a call that has ended. */
export function countMinute({ minutes }: FigureRow, at: number, isFailed: boolean): void {
  const minute = Math.floor(at / MINUTE_MS);
  let counted = minutes.get(minute);
  if (counted === undefined) minutes.set(minute, (counted = { calls: 0, failed: 0 }));
  counted.calls += 1;
  if (isFailed) counted.failed += 1;
}
