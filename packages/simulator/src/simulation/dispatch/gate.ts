import { type Dispatcher, statusUnder, type Outcome, type Result, TokenBuckets, type Bucket } from './dispatcher.js';
import type { FaultRule, OnCall } from '../world/faults.js';
import type { Caller, CloudTypes } from './operation.js';
import { PastStates } from './past-states.js';
import type { World } from '../world/world.js';

/** What a write holds while it is in progress, and the refusal of another call that needs it in that time. */
interface Hold<E> {
  readonly key: string;
  readonly refusal: () => E;
}

/** Writes that are in progress. */
export class Holds {
  readonly #keys = new Set<string>();

  /** Why a write cannot begin now, if it cannot. */
  hindrance<E>(holds: readonly Hold<E>[]): E | undefined {
    return holds.find(({ key }) => this.#keys.has(key))?.refusal();
  }

  /** Holds it until the function returned is called; undefined where there is nothing to hold. */
  hold(holds: readonly Hold<unknown>[]): (() => void) | undefined {
    if (holds.length === 0) return undefined;

    for (const { key } of holds) this.#keys.add(key);
    return () => {
      for (const { key } of holds) this.#keys.delete(key);
    };
  }

  /** Nothing is held. */
  reset(): void {
    this.#keys.clear();
  }
}

/** A call that has been read and whose caller is known. */
export interface GatedCall<C extends CloudTypes> {
  readonly operation: C['operation'];
  readonly region: string;
  readonly caller: Caller;
  readonly input: unknown;
  /** The HTTP status of the response, where the service's model has one: that of an error, or of success. */
  readonly statusOf?: (error?: C['error']) => number | undefined;
  /** Of its caller: decides before the rules of the world. */
  readonly onCall?: OnCall | undefined;
}

/** What differs between the clouds on the way to an operation. */
export interface GateRules<C extends CloudTypes> {
  /** A service's name in the journal and in fault rules: `ec2`, `cloudapi`. */
  readonly serviceOf: (operation: C['operation']) => string;
  readonly Failure: new (
    code: string,
    message: string,
    status?: number,
    fields?: Readonly<Record<string, unknown>>,
  ) => C['error'];
  /** The code of a mistake in the simulator. */
  readonly brokenCode: string;
  /** Why a call gets no further, whatever faults there are. */
  readonly refusal: (call: GatedCall<C>) => C['error'] | undefined;
  /** The service's errors for a call that is throttled, failed, denied, or whose credentials have expired. */
  readonly words: (call: GatedCall<C>) => Readonly<Record<'throttle' | 'error' | 'deny' | 'expired', () => C['error']>>;
  /** What the service says with an error code that none of `words` has, where it always says the same. */
  readonly saidWith?: (code: string, call: GatedCall<C>) => string | undefined;
  /** The buckets of a call, from each of which it takes a token. */
  readonly buckets: (call: GatedCall<C>) => readonly Bucket[];
  /** What a write holds while it is in progress. */
  readonly holds: (call: GatedCall<C>) => readonly Hold<C['error']>[];
}

/** A call that got to its operation, or did not. */
interface Entry<C extends CloudTypes> {
  readonly fault: FaultRule | undefined;
  /** Why it did not; without an error the connection broke. */
  readonly failure: { readonly error: C['error'] | undefined } | undefined;
  readonly release: (() => void) | undefined;
}

const FAILED = { output: undefined, release: undefined };

/** How often a call that waits looks whether it can go on, and for how long at most; simulated milliseconds [I]. */
const LOOK_AGAIN_MS = 5_000;
const LONGEST_WAIT_MS = 900_000;

/**
 * The steps between a request and its operation, for every entry point: faults, throttling, one write at a
 * time per gateway, and the journal.
 */
export class Gate<C extends CloudTypes> {
  readonly #buckets = new TokenBuckets();
  readonly #holds = new Holds();
  readonly #past: PastStates<C['state']>;

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher<C>,
    private readonly rules: GateRules<C>,
    private readonly throttles: boolean,
  ) {
    this.#past = new PastStates(world);
  }

  /** Runs a call and records it. An operation that would wait does not. */
  pass(call: GatedCall<C>): Outcome<C['error']> {
    this.world.settle();
    return this.#leave(call, this.#enter(call));
  }

  /**
   * As `pass`. The result is a promise where the operation waits for another one to end, in simulated time, and where it
   * calls a server of the user's own, in real time. It holds what a write holds meanwhile.
   */
  passWhenReady(call: GatedCall<C>): Outcome<C['error']> | Promise<Outcome<C['error']>> {
    this.world.settle();
    const entry = this.#enter(call);
    return entry.failure || !this.#waits(call) ? this.#end(call, entry) : this.#endLater(call, entry);
  }

  /** Writes a call into the journal that never got to an operation. */
  record(service: string, operation: string, status: number): void {
    this.world.journal.record(service, operation, status, this.world.now());
  }

  /** Called before a timer changes the account. */
  beforeChange(): void {
    this.#past.keep(this.dispatcher.state);
  }

  /** Buckets full, nothing held, no past. */
  reset(): void {
    this.#buckets.reset();
    this.#holds.reset();
    this.#past.reset();
  }

  /** Everything before the operation itself. */
  #enter(call: GatedCall<C>): Entry<C> {
    const { name, kind } = call.operation;
    const service = this.rules.serviceOf(call.operation);
    const given = call.onCall?.({ service, operation: name, kind });
    // A write changes the present: one of the past would be forgotten.
    const fault =
      (given?.kind === 'stale' && kind === 'write' ? undefined : given) ??
      this.world.faults.decide(service, name, kind);
    const failed = (error: C['error'] | undefined): Entry<C> => ({ fault, failure: { error }, release: undefined });
    if (fault?.kind === 'reset' || fault?.kind === 'html') return failed(undefined);

    const refusal = this.rules.refusal(call) ?? (fault && this.#refusalUnder(fault, call));
    if (refusal) return failed(refusal);
    if (this.throttles && !this.#admits(call)) return failed(this.rules.words(call).throttle());

    const holds = this.rules.holds(call);
    const hindrance = this.#holds.hindrance(holds);
    return hindrance ? failed(hindrance) : { fault, failure: undefined, release: this.#holds.hold(holds) };
  }

  /** Runs the operation, unless the call was refused before it, and records the call. */
  #leave(call: GatedCall<C>, entry: Entry<C>): Outcome<C['error']> {
    return this.#recorded(call, entry, entry.failure ? { ...FAILED, ...entry.failure } : this.#result(call, entry));
  }

  /** As `#leave`. An operation that calls a server of the user's own answers later. */
  #end(call: GatedCall<C>, entry: Entry<C>): Outcome<C['error']> | Promise<Outcome<C['error']>> {
    if (entry.failure) return this.#leave(call, entry);

    const result = this.#result(call, entry);
    if (!(result.output instanceof Promise)) return this.#recorded(call, entry, result);

    return result.output.then(
      (output: unknown) => this.#recorded(call, entry, { ...result, output }),
      (error: unknown) => this.#recorded(call, entry, this.#failed(error, entry)),
    );
  }

  #recorded(call: GatedCall<C>, { fault }: Entry<C>, result: Result<C['error']>): Outcome<C['error']> {
    const error = result.error ?? (fault && this.#errorAfter(fault, call));
    const modelled = call.statusOf?.(error);
    const status = error ? (modelled ?? error.status) : statusUnder(fault, modelled);
    this.record(this.rules.serviceOf(call.operation), call.operation.name, status);
    return { ...result, error, status, fault };
  }

  /** The error in the answer of a call that was done. */
  #errorAfter({ kind }: FaultRule, call: GatedCall<C>): C['error'] | undefined {
    if (kind === 'throttle-after') return this.rules.words(call).throttle();

    return kind === 'error-after' ? this.rules.words(call).error() : undefined;
  }

  async #endLater(call: GatedCall<C>, entry: Entry<C>): Promise<Outcome<C['error']>> {
    const until = this.world.now() + LONGEST_WAIT_MS;
    while (this.world.now() < until && this.#waits(call)) await this.world.sleepDuringCall(LOOK_AGAIN_MS);
    this.world.settle();
    return this.#end(call, entry);
  }

  #waits({ operation, region, caller, input }: GatedCall<C>): boolean {
    const waits = operation.waits as ((call: C['call'], input: unknown) => boolean) | undefined;
    return waits?.(this.dispatcher.context(region, caller), input) ?? false;
  }

  #result(call: GatedCall<C>, entry: Entry<C>): Result<C['error']> {
    try {
      return { output: this.#run(call, entry.fault), error: undefined, release: entry.release };
    } catch (error) {
      return this.#failed(error, entry);
    }
  }

  #failed(error: unknown, { release }: Entry<C>): Result<C['error']> {
    release?.();
    return { ...FAILED, error: error instanceof this.rules.Failure ? error : this.#broken(error) };
  }

  #run({ operation, region, caller, input }: GatedCall<C>, fault: FaultRule | undefined): unknown {
    this.dispatcher.region(region); // born before anything changes, so that a stale read finds it, too
    if (operation.kind === 'write') this.beforeChange();
    const past = this.#past.seenUnder(fault, region, operation.name);
    return this.dispatcher.run(operation, input, this.dispatcher.context(region, caller, past));
  }

  #admits(call: GatedCall<C>): boolean {
    return this.rules.buckets(call).every((bucket) => this.#buckets.take(bucket, this.world.now()));
  }

  #refusalUnder({ kind, status, code, message }: FaultRule, call: GatedCall<C>): C['error'] | undefined {
    const words: Partial<Record<FaultRule['kind'], () => C['error']>> = this.rules.words(call);
    const error = words[kind]?.();
    if (!error || (status === undefined && code === undefined && message === undefined)) return error;

    const said = message ?? (code === undefined ? undefined : this.#saidWith(code, call)) ?? error.message;
    return new this.rules.Failure(code ?? error.code, said, status ?? error.status, error.fields);
  }

  #saidWith(code: string, call: GatedCall<C>): string | undefined {
    const own = Object.values(this.rules.words(call)).map((error) => error());
    return own.find((error) => error.code === code)?.message ?? this.rules.saidWith?.(code, call);
  }

  /** An error of the simulator is not an answer of the service. The message names the simulator. */
  #broken(error: unknown): C['error'] {
    const wrapped = new this.rules.Failure(this.rules.brokenCode, `The simulator failed: ${String(error)}`, 500);
    wrapped.cause = error;
    return wrapped;
  }
}
