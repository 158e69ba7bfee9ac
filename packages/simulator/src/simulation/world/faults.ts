import type { SeededRandom } from '../time/seeded-random.js';

export const FAULT_KINDS = [
  'throttle', // the service's own throttling error
  'error', // a 5xx, in the service's words
  'deny', // the caller may not do this
  'expired', // the credentials have run out
  'reset', // the connection breaks before anything is done
  'lost', // it is done, but the connection breaks before the answer arrives
  'throttle-after', // it is done, and the answer is the service's throttling error
  'error-after', // it is done, and the answer is a 5xx
  'slow', // the answer takes `ms`
  'stale', // a read sees the world as it was up to `ms` ago (at most 30 simulated seconds)
  'html', // a page of HTML instead of an answer
  'truncate', // the first half of the answer
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Which calls fail, how, and how often. */
export interface FaultRule {
  /** Which service, as in the journal; all without it. */
  readonly service?: string | undefined;
  /** Which operation, as in the journal; all without it. */
  readonly operation?: string | undefined;
  readonly kind: FaultKind;
  /** Matching calls that succeed first. */
  readonly after?: number | undefined;
  /** How many calls fail; all without it. */
  readonly times?: number | undefined;
  /** Chance of each matching call, from the world's seed; 1 without it. */
  readonly probability?: number | undefined;
  /** `slow`: real milliseconds (in-process: simulated). `stale`: how old at most. */
  readonly ms?: number | undefined;
  /** `stale`: how old at least, in simulated milliseconds; 0 without it. With the same `ms`, lists always lag by as much. */
  readonly leastMs?: number | undefined;
  /** `stale`: whether each call sees a state of another age (`call`, the default), or all calls of an operation the same. */
  readonly ageBy?: 'call' | 'operation' | undefined;
  /** HTTP status and error code instead of the service's usual ones. */
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** What the error says. Without it: what the service says with this code, where that is known. */
  readonly message?: string | undefined;
}

/** A call about to be answered. */
export interface FacedCall {
  /** As in the journal. */
  readonly service: string;
  readonly operation: string;
  readonly kind: 'read' | 'write';
}

/** Decides the fault of each call of one caller. It may do anything else at this moment, too: the call has not begun. */
export type OnCall = (call: FacedCall) => FaultRule | undefined;

/** How the calls of a client without a wire differ from those of others. */
export interface ClientOptions {
  /** Called at each of its calls, before the call has an effect; decides its fault. */
  readonly onCall?: OnCall | undefined;
  /**
   * The clock of the client's machine, in milliseconds since the epoch, by which its requests are signed. A cloud refuses what is signed
   * by a clock that is too far off: AWS 5 minutes, whose SDK corrects its clock by the refusal; Alibaba Cloud 15. By default it is right.
   */
  readonly machineClock?: (() => number) | undefined;
}

/** Seeded faults: the same seed and the same calls have the same faults. */
export class Faults {
  #rules: { readonly rule: FaultRule; seen: number; done: number }[] = [];
  readonly #start: readonly number[];

  constructor(
    private readonly chances: SeededRandom,
    private readonly first: readonly FaultRule[] = [],
  ) {
    this.#start = chances.save();
    first.forEach((rule) => this.add(rule));
  }

  /** Adds a rule; the first that applies to a call decides. */
  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, done: 0 });
  }

  /** The rules in force. */
  list(): FaultRule[] {
    return this.#rules.map(({ rule }) => rule);
  }

  /** Removes all rules. */
  clear(): void {
    this.#rules = [];
  }

  /** As at the start. */
  reset(): void {
    this.clear();
    this.first.forEach((rule) => this.add(rule));
    this.chances.load(this.#start);
  }

  /** Uniform in [0, 1), from the faults' own seed. */
  chance(): number {
    return this.chances.next();
  }

  /** Whether any rule of this kind is in force. */
  has(kind: FaultKind): boolean {
    return this.#rules.some(({ rule }) => rule.kind === kind);
  }

  /** The fault of this call, if any. `stale` concerns reads only, `lost` writes and reads alike. */
  decide(service: string, operation: string, kind: 'read' | 'write'): FaultRule | undefined {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (rule.service !== undefined && rule.service !== service) continue;
      if (rule.operation !== undefined && rule.operation !== operation) continue;
      if (rule.kind === 'stale' && kind === 'write') continue;

      entry.seen += 1;
      if (entry.seen <= (rule.after ?? 0) || entry.done >= (rule.times ?? Infinity)) continue;
      if (rule.probability !== undefined && this.chances.next() >= rule.probability) continue;

      entry.done += 1;
      return rule;
    }
    return undefined;
  }
}
