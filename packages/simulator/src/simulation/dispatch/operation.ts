import type { Asked, BackendRequest } from '../traffic/backends/backend.js';
import type { ConditionAt } from '../traffic/backends/backends.js';
import type { ReadFigures } from '../traffic/figures.js';

/** The credentials that signed a call. */
export interface Caller {
  /** `arn:aws:iam::111122223333:user/postern`, `acs:ram::1111222233334444:user/postern`. */
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
}

/** The facts of a region at its creation: its owner, the time, and the world's seeded ids. */
export interface RegionBirth {
  readonly region: string;
  /** The account's id. */
  readonly account: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly now: number;
  /** A new id from the world's seed: `prefix` and 17 characters of the cloud's usual alphabet; `length` and `alphabet` change that. */
  readonly id: (prefix: string, length?: number, alphabet?: Alphabet) => string;
  /** Uniform in [0, 1), from the world's seed. */
  readonly random: () => number;
}

export type Alphabet = 'hex' | 'base36' | 'decimal';

/** What an operation of either cloud is given beside its input. */
export interface OperationCall<Region> extends RegionBirth {
  /** The called region's part of the account. */
  readonly state: Region;
  readonly caller: Caller;
  /** Something that falls due `ms` simulated milliseconds from now. `kind` is a key of the timer handlers. */
  readonly after: (ms: number, kind: string, data: TimerData) => void;
  /** What health checks of a private address and port meet. */
  readonly conditionAt: ConditionAt;
  /** What gateways counted in a period. */
  readonly figures: ReadFigures;
  /** The effective value of a quota, by its key in `quotas.ts` (a world may raise it). */
  readonly quota: (key: string) => number;
  /**
   * Sends a request to a backend of the data path. No simulated time passes; what a server of the user's own does is a promise.
   * @param timeoutMs how long the gateway waits
   */
  readonly askBackend: (request: BackendRequest, timeoutMs: number) => Asked | Promise<Asked>;
}

/** Plain JSON, so that it can be saved. */
export type TimerData = Readonly<Record<string, string | number>>;

/**
 * What happens when a timer is due: a function of the world and the timer's data. The world holds timers as
 * plain data (`{ at, region, kind, data }`), so that a saved world continues where it was.
 */
export type TimerHandler<Call> = (call: Call, data: TimerData) => void;

/** By kind: `vpc-link.available`. */
export type TimerHandlers<Call> = Readonly<Record<string, TimerHandler<Call>>>;

/** What the operations of both clouds have in common: a function from the world and the input to the output. */
export interface SimulatedOperation<Call, I = never, O = unknown> {
  /** As the SDK spells it: `CreateVpcLink`, `CreateInstance`. */
  readonly name: string;
  /** Whether it changes anything; concurrent writes to one gateway collide, stale reads concern reads only. */
  readonly kind: 'read' | 'write';
  /** The output is a promise only where a server of the user's own is called. */
  readonly run: (call: Call, input: I) => O;
  /**
   * Whether the operation cannot run yet, because another one has to end first: an answer then takes simulated time. A
   * call without a wire or a promise (`simulation.call`) does not wait, and `run` refuses it.
   */
  readonly waits?: (call: Call, input: I) => boolean;
}

/** One account of a cloud: all its regions. */
export interface AccountState<Region> {
  readonly account: string;
  readonly regions: Map<string, Region>;
  /** Quotas that a world raises, by key. */
  readonly quotas: Map<string, number>;
}

/** The types of one simulated cloud, under one name: `Dispatcher<Aws>`. There are no values of it. */
export interface CloudTypes {
  readonly region: unknown;
  readonly state: AccountState<unknown>;
  readonly call: OperationCall<unknown>;
  readonly operation: SimulatedOperation<never>;
  /** How an operation is named by who calls it in this process. */
  readonly target: { readonly region: string };
  readonly error: Error & {
    readonly code: string;
    readonly status: number;
    readonly fields: Readonly<Record<string, unknown>>;
  };
}
