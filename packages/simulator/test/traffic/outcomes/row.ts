import type { Simulation, TrafficAnswer } from '../../../src/internal/simulation.js';
import type { Outcome } from '../../../src/simulation/traffic/outcomes.js';

/** What a caller gets, and after how many simulated milliseconds. */
export type Seen = Pick<TrafficAnswer, 'outcome' | 'body' | 'headers' | 'because'> & {
  /** Undefined: the answer is a message on an open connection. */
  readonly status: number | undefined;
  readonly afterMs: number;
};

/** One way in which a call of a gateway ends. */
export interface OutcomeRow {
  readonly outcome: Outcome;
  /** The situation, as a clause. */
  readonly when: string;
  /** Undefined: the answer is a message on an open connection. */
  readonly status: number | undefined;
  /** Every byte; `<ID>` stands for an ID that differs between calls. */
  readonly body: string;
  /** The headers that distinguish the answer from others. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What `x-postern-because` says, where that is checked. */
  readonly because?: RegExp;
  /** 0 by default. */
  readonly afterMs?: number;
  /** [U] uncertain, [I] inferred, [M] measured; none: documented. */
  readonly mark?: '[U]' | '[I]' | '[M]';
  /** The page that it comes from. Without one no source was found, or the answer is the simulator's own. */
  readonly source?: string;
  /** Puts a simulated gateway into the situation, and calls it. */
  readonly call: () => Promise<Seen>;
}

/** An outcome that a kind of gateway does not have. */
export interface NeverRow {
  readonly outcome: Outcome;
  /** Why, as a sentence. */
  readonly never: string;
}

/** All that becomes of calls of one kind of gateway. */
export interface GatewayRows {
  readonly title: string;
  readonly rows: readonly (OutcomeRow | NeverRow)[];
}

/** What a row answers: the status, and every byte of the body. */
export const answers = (status: number, body: string) => ({ status, body });

/** A source that does not settle it: [U] uncertain, [I] inferred, [M] measured. */
export const marked = (mark: NonNullable<OutcomeRow['mark']>, source: string) => ({ mark, source });

/** A call, and the simulated time that it takes. The clock of the simulation is `auto`. */
export async function timed({ clock }: Simulation, call: () => Promise<TrafficAnswer>): Promise<Seen> {
  const before = clock.now();
  const { outcome, status, body, headers, because } = await call();
  return { outcome, status, body, headers, because, afterMs: clock.now() - before };
}

/** The page of a load balancer. */
export function balancerPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
