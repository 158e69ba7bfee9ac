import { raise } from '../raise.js';
import type { Alphabet, Caller, CloudTypes, OperationCall, RegionBirth, TimerData, TimerHandler } from './operation.js';
import type { World } from '../world/world.js';
import { setImmediate as turn } from 'node:timers/promises';
import type { FaultRule } from '../world/faults.js';
import type { WireAnswer } from '../wire.js';

/** What differs between the clouds when an operation is run. */
export interface DispatchRules<C extends CloudTypes> {
  /** Timers carry it. */
  readonly cloud: 'aws' | 'alibaba';
  /** Of ids that ask for no other. */
  readonly alphabet: Alphabet;
  readonly newState: (account: string, quotas: Map<string, number>) => C['state'];
  /** A region as a new account finds it. */
  readonly newRegion: (birth: RegionBirth) => C['region'];
  readonly timers: ReadonlyMap<string, TimerHandler<C['call']>>;
  /** The account's administrator. */
  readonly rootCaller: (account: string, region: string, accessKeyId: string | undefined) => Caller;
  /** The default of a quota. */
  readonly quota: (key: string) => number;
  /** What an operation is given, from what both clouds give. */
  readonly call: (common: OperationCall<C['region']>, state: C['state']) => C['call'];
  /** @throws {Error} when the operation is not simulated */
  readonly find: (target: C['target']) => C['operation'];
  /** The input as the operation sees it. @throws in the service's words when it breaks a limit */
  readonly check: (operation: C['operation'], input: unknown) => unknown;
}

/** Runs operations on one simulated account, without any wire, throttle or fault between. */
export class Dispatcher<C extends CloudTypes> {
  #state: C['state'];
  #version = 0;
  /** Runs each write; the data path looks at what it changes. */
  aroundWrite: <T>(operation: C['operation'], input: unknown, region: string, write: () => T) => T = (
    ...[, , , write]
  ) => write();

  constructor(
    private readonly world: World,
    private readonly rules: DispatchRules<C>,
    private readonly account: string,
    /** Those that were set for the simulation; they hold in a twin, too. */
    readonly quotas: ReadonlyMap<string, number>,
  ) {
    this.#state = this.#newState();
  }

  /** The account: all regions. */
  get state(): C['state'] {
    return this.#state;
  }

  /** Changes whenever the account may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Something outside of the account's calls changes it. */
  touch(): void {
    this.#version += 1;
  }

  /** Quotas of the account from now on. */
  setQuotas(quotas: ReadonlyMap<string, number>): void {
    for (const [key, value] of quotas) this.#state.quotas.set(key, value);
    this.touch();
  }

  /** Simulated milliseconds since the epoch. */
  now(): number {
    return this.world.now();
  }

  /** Replaces the account, as a loaded world does; without an argument: a new one. */
  replace(state: C['state'] = this.#newState()): void {
    this.touch();
    this.#state = state;
  }

  /** A region's state. It is created at its first use. */
  region(name: string, { account, regions }: C['state'] = this.#state): C['region'] {
    const known = regions.get(name) as C['region'] | undefined;
    if (known !== undefined) return known;

    const born = this.rules.newRegion(this.#birth(name, account));
    regions.set(name, born);
    return born;
  }

  /** What an operation is given beside its input. `state` is another than the present one for stale reads. */
  context(region: string, caller: Caller = this.rootCaller(region), state: C['state'] = this.#state): C['call'] {
    const { world, rules } = this;
    const { account, now, id, random } = this.#birth(region, state.account);
    // Member by member: a spread costs more than all of the rest.
    const common: OperationCall<C['region']> = {
      region,
      account,
      now,
      id,
      random,
      state: this.region(region, state),
      caller,
      after: (ms, kind, data) => world.timers.add({ at: world.now() + ms, cloud: rules.cloud, region, kind, data }),
      conditionAt: (place) => world.traffic.backends.conditionAt(place),
      figures: world.traffic.figures.read,
      quota: (key) => state.quotas.get(key) ?? rules.quota(key),
      askBackend: (request, timeoutMs) => world.traffic.ask(request, timeoutMs),
    };
    return rules.call(common, state);
  }

  /** The account's administrator. */
  rootCaller(region: string, accessKeyId?: string): Caller {
    return this.rules.rootCaller(this.#state.account, region, accessKeyId);
  }

  /**
   * Runs an operation on decoded input. Limits are checked first.
   * @throws an error of the cloud's, in the service's words
   */
  run(operation: C['operation'], input: unknown, call: C['call']): unknown {
    const run = operation.run as (call: C['call'], input: unknown) => unknown;
    const checked = this.rules.check(operation, input);
    if (operation.kind === 'read') return run(call, checked);

    return this.aroundWrite(operation, checked, call.region, () => {
      try {
        return run(call, checked);
      } finally {
        this.touch();
      }
    });
  }

  /**
   * Calls an operation by name, synchronously and in this process. The input is assumed to have the right
   * types, as after decoding.
   * @throws an error of the cloud's, in the service's words. {Error} when the operation is not simulated.
   */
  call(target: C['target'], input: unknown): unknown {
    this.world.settle();
    return this.run(this.rules.find(target), input, this.context(target.region));
  }

  /** A timer falls due. */
  fire(region: string, kind: string, data: TimerData): void {
    const handler = this.rules.timers.get(kind) ?? raise(new Error(`No timer is called ${kind}.`));

    this.touch();
    handler(this.context(region), data);
  }

  #birth(region: string, account: string): RegionBirth {
    const { ids, chances } = this.world;
    const id: RegionBirth['id'] = (prefix, length, alphabet = this.rules.alphabet) => ids.id(prefix, length, alphabet);
    return { region, account, now: this.world.now(), id, random: () => chances.next() };
  }

  #newState(): C['state'] {
    return this.rules.newState(this.account, new Map(this.quotas));
  }
}

const HTML = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';

/** Real milliseconds for which a write over HTTP holds its gateway before it is answered. */
const HOLD_MS = 3;

type Pending = Pick<Outcome<unknown>, 'fault' | 'release'>;

/** A response on the wire: with the effect of its fault, and what the call holds until it is answered. */
export function answerOverWire(answer: WireAnswer, { fault, release }: Pending): WireAnswer {
  const faulted = applyFault(answer, fault);
  return release ? { ...faulted, delayMs: (faulted.delayMs ?? 0) + HOLD_MS, onAnswered: release } : faulted;
}

/**
 * The steps in this process between an outcome and its response: `end` marks that the cloud is done,
 * `suffered` applies the fault as the client would report it, and the holds of the call are released.
 */
export async function answerInProcess(
  { fault, release }: Pending,
  end: () => void,
  suffered: (fault: FaultRule) => Promise<void>,
): Promise<void> {
  try {
    if (fault) {
      end(); // what is left happens on the way, and a slow way may be waited out
      await suffered(fault);
    }
    if (release) await turn(); // a write in the same turn of the event loop collides
  } finally {
    release?.();
  }
}

/** Lets a fault have its way with an answer. */
function applyFault(answer: WireAnswer, fault: FaultRule | undefined): WireAnswer {
  switch (fault?.kind) {
    case 'reset':
    case 'lost':
      return { ...answer, broken: 'dropped' };
    case 'slow':
      return { ...answer, delayMs: fault.ms ?? 1000 };
    case 'html':
      return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
    case 'truncate':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    default:
      return answer;
  }
}

/** What a fault does in this process: waits, or the error that an HTTP client throws. */
export async function suffer(world: World, fault: FaultRule | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'slow':
      return world.sleep(fault.ms ?? 1000);
    case 'reset':
    case 'lost':
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    case 'html':
      throw new SyntaxError('Unexpected token \'<\', "<html>..." is not valid JSON');
    case 'truncate':
      throw new SyntaxError('Unexpected end of JSON input');
    default:
  }
}

/** The result of a call. Its entry point turns this into a response. `E` is the cloud's own kind of error. */
export interface Outcome<E> {
  /** What the operation answered, if it did. */
  readonly output: unknown;
  readonly error: E | undefined;
  readonly status: number;
  /** The fault in the answer. */
  readonly fault: FaultRule | undefined;
  /** A write holds its gateway until this is called; `undefined` when it holds none. */
  readonly release: (() => void) | undefined;
}

/** The result of an operation, before there is a status. */
export type Result<E> = Pick<Outcome<E>, 'output' | 'error' | 'release'>;

/**
 * The HTTP status of a call without an error of the service's: the fault's, or the usual one. 0: no response was sent.
 */
export function statusUnder(fault: FaultRule | undefined, usual = 200): number {
  if (fault?.kind === 'reset') return fault.status ?? 0;

  return fault?.kind === 'html' ? (fault.status ?? 502) : usual;
}

/** How often something may be done. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket by its name, such as `eu-west-1/ec2/DescribeVpcs`, and how it fills. */
export interface Bucket extends Rate {
  readonly key: string;
}

/** Token buckets in simulated time, by name; a new one is full. */
export class TokenBuckets {
  #buckets = new Map<string, { tokens: number; at: number }>();

  /** Takes one token, if there is one. */
  take({ key, perSecond, burst }: Bucket, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1 - 1e-9) return false; // fifteen seconds at 1/15 a second make one

    bucket.tokens -= 1;
    return true;
  }

  /** All buckets full. */
  reset(): void {
    this.#buckets = new Map();
  }
}
