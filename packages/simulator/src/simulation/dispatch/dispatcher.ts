import { raise } from '../raise.js';
import type { Alphabet, Caller, CloudTypes, OperationCall, RegionBirth, TimerData, TimerHandler } from './operation.js';
import type { World } from '../world/world.js';

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
