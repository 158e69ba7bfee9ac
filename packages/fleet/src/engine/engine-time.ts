/** The time of the engine, by the dates of its answers: clocks of workers may differ, and turns of calls are instants. */
export interface EngineTime {
  /** Notes an answer: when it was asked for and received on this machine, and its header `date`. */
  readonly note: (sentMs: number, receivedMs: number, date: string | null) => void;
  /** What has to be added to the clock of this machine, in milliseconds; 0 where no answer contradicts it. */
  readonly aheadMs: () => number;
  /** How far that may be from the truth, in milliseconds; 0 where no answer contradicts the clock of this machine. */
  readonly errorMs: () => number;
}

/** Dates of HTTP have whole seconds. */
const RESOLUTION_MS = 1_000;

/** Each answer limits the difference to a second; together they limit it to the time of a call. */
export function engineTime(): EngineTime {
  let [least, most] = [-Infinity, Infinity];
  return {
    note: (sentMs, receivedMs, date) => {
      const atMs = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(atMs)) return;
      const [low, high] = [atMs - receivedMs, atMs + RESOLUTION_MS - sentMs];
      const isSet = low > most || high < least; // one of the two clocks was set
      least = isSet ? low : Math.max(least, low);
      most = isSet ? high : Math.min(most, high);
    },
    aheadMs: () => Math.min(Math.max(0, least), most),
    errorMs: () => (least > 0 || most < 0 ? most - least : 0),
  };
}
