import type { World } from '../simulation/world.js';
import type { AlibabaCall, AlibabaCaller } from './call.js';
import { checkInput } from './check-input.js';
import { COMMON_PARAMETERS } from './common-parameters.js';
import type { AnyAlibabaOperation } from './operation.js';
import type { ProductName } from './product.js';
import { alibabaQuotaDefault } from './quotas.js';
import { alibabaRegistry, alibabaTimerHandler, newAlibabaRegion } from './services.js';
import type { AlibabaState } from './state/alibaba-state.js';
import type { AlibabaRegionState } from './state/region-state.js';

/** Which action, where. */
export interface AlibabaCallTarget {
  readonly product: ProductName;
  /** As the service spells it: `CreateInstance`. */
  readonly action: string;
  readonly region: string;
}

/** Runs actions on one simulated Alibaba Cloud account, without any wire, throttle or fault between. */
export class AlibabaDispatcher {
  #state: AlibabaState;

  constructor(
    private readonly world: World,
    private readonly account: string,
    private readonly quotas: ReadonlyMap<string, number>,
  ) {
    this.#state = this.#newState();
  }

  /** The account: all regions. */
  get state(): AlibabaState {
    return this.#state;
  }

  /** Simulated milliseconds since the epoch. */
  now(): number {
    return this.world.now();
  }

  /** Replaces the account, as a loaded world does; without an argument: a new one. */
  replace(state: AlibabaState = this.#newState()): void {
    this.#state = state;
  }

  /** A region's state; it comes into being when it is first asked for. */
  region(name: string, alibaba: AlibabaState = this.#state): AlibabaRegionState {
    const known = alibaba.regions.get(name);
    if (known) return known;
    const { ids, chances } = this.world;
    const born = newAlibabaRegion({
      region: name,
      account: alibaba.account,
      now: this.world.now(),
      id: (prefix, length, alphabet = 'base36') => ids.id(prefix, length, alphabet),
      random: () => chances.next(),
    });
    alibaba.regions.set(name, born);
    return born;
  }

  /** What an action is given beside its parameters. `alibaba` is another state than the present one for stale reads. */
  context(region: string, caller: AlibabaCaller = this.caller(), alibaba: AlibabaState = this.#state): AlibabaCall {
    const { world } = this;
    return {
      alibaba,
      state: this.region(region, alibaba),
      region,
      account: alibaba.account,
      caller,
      now: world.now(),
      id: (prefix, length, alphabet = 'base36') => world.ids.id(prefix, length, alphabet),
      random: () => world.chances.next(),
      after: (ms, kind, data) => world.timers.add({ at: world.now() + ms, cloud: 'alibaba', region, kind, data }),
      quota: (key) => alibaba.quotas.get(key) ?? alibabaQuotaDefault(key),
    };
  }

  /** The account's administrator: a RAM user. */
  caller(accessKeyId = 'LTAIPOSTERNSIMULATOR'): AlibabaCaller {
    return { arn: `acs:ram::${this.#state.account}:user/postern`, userId: '200000000000000001', accessKeyId };
  }

  /**
   * Runs an action on decoded parameters: checks them, then the action has the word.
   * @throws {AlibabaError} in the service's words
   */
  run(operation: AnyAlibabaOperation, input: Readonly<Record<string, unknown>>, call: AlibabaCall): unknown {
    checkInput(operation, input);
    return (operation.run as (call: AlibabaCall, input: unknown) => unknown)(call, input);
  }

  /**
   * Calls an action by name, at once and in this process, with decoded parameters: `{ Tag: [{ Key: 'a', Value: 'b' }] }`.
   * Common ones such as `RegionId` may be among them, as everywhere.
   * @throws {AlibabaError} in the service's words. {Error} when the action is not simulated.
   */
  call({ product, action, region }: AlibabaCallTarget, input: Readonly<Record<string, unknown>>): unknown {
    this.world.settle();
    const operation = alibabaRegistry.find(product, action);
    if (!operation) throw new Error(`${product} ${action} is not simulated.`);
    return this.run(operation, withoutCommon(operation, input), this.context(region));
  }

  /** A timer falls due. */
  fire(region: string, kind: string, data: Readonly<Record<string, string | number>>): void {
    const handler = alibabaTimerHandler(kind);
    if (!handler) throw new Error(`No timer is called ${kind}.`);
    handler(this.context(region), data);
  }

  #newState(): AlibabaState {
    return {
      account: this.account,
      regions: new Map(),
      quotas: new Map(this.quotas),
      roles: new Map(),
      peerings: new Map(),
    };
  }
}

function withoutCommon(
  { parameters }: AnyAlibabaOperation,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const own = Object.entries(input).filter(([name]) => Object.hasOwn(parameters, name) || !COMMON_PARAMETERS.has(name));
  return Object.fromEntries(own);
}
