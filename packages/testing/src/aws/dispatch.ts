import type { World } from '../simulation/world.js';
import type { AwsCall } from './call.js';
import { checkLimits } from './limits.js';
import { partitionOf } from './partition.js';
import { quotaDefault } from './quotas.js';
import type { AnyOperation } from './registry.js';
import type { ServiceName } from './service-name.js';
import { newRegion, registry, timerHandler } from './services.js';
import type { AwsState } from './state/aws-state.js';
import type { RegionState } from './state/region-state.js';

/** Who calls. */
export type Caller = AwsCall['caller'];

/** Which operation, where. */
export interface CallTarget {
  readonly service: ServiceName;
  /** As the SDK spells it: `CreateVpcLink`. */
  readonly operation: string;
  readonly region: string;
}

/** Runs operations on one simulated AWS account, without any wire, throttle or fault between. */
export class Dispatcher {
  #state: AwsState;

  constructor(
    private readonly world: World,
    private readonly account: string,
    private readonly quotas: ReadonlyMap<string, number>,
  ) {
    this.#state = this.#newState();
  }

  /** The account: all regions. */
  get state(): AwsState {
    return this.#state;
  }

  /** Simulated milliseconds since the epoch. */
  now(): number {
    return this.world.now();
  }

  /** Replaces the account, as a loaded world does; without an argument: a new one. */
  replace(state: AwsState = this.#newState()): void {
    this.#state = state;
  }

  /** A region's state; it comes into being when it is first asked for. */
  region(name: string, aws: AwsState = this.#state): RegionState {
    const known = aws.regions.get(name);
    if (known) return known;
    const { ids, chances } = this.world;
    const born = newRegion({
      region: name,
      account: aws.account,
      partition: partitionOf(name),
      now: this.world.now(),
      id: (prefix, length, alphabet) => ids.id(prefix, length, alphabet),
      random: () => chances.next(),
    });
    aws.regions.set(name, born);
    return born;
  }

  /** What an operation is given beside its input. `aws` is another state than the present one for stale reads. */
  context(region: string, caller: Caller = this.rootCaller(region), aws: AwsState = this.#state): AwsCall {
    const { world } = this;
    return {
      aws,
      state: this.region(region, aws),
      region,
      account: aws.account,
      partition: partitionOf(region),
      now: world.now(),
      caller,
      id: (prefix, length, alphabet) => world.ids.id(prefix, length, alphabet),
      random: () => world.chances.next(),
      after: (ms, kind, data) => world.timers.add({ at: world.now() + ms, cloud: 'aws', region, kind, data }),
      quota: (key) => aws.quotas.get(key) ?? quotaDefault(key),
    };
  }

  /** The account's administrator. */
  rootCaller(region: string, accessKeyId = 'AKIAPOSTERNSIMULATOR'): Caller {
    return {
      arn: `arn:${partitionOf(region)}:iam::${this.#state.account}:user/postern`,
      userId: 'AIDAPOSTERNSIMULATOR1',
      accessKeyId,
    };
  }

  /**
   * Runs an operation on input that a codec has decoded. Limits are checked, then the operation has the word.
   * @throws {ServiceError} in the service's words
   */
  run(operation: AnyOperation, input: unknown, call: AwsCall): unknown {
    checkLimits(operation, input);
    return (operation.run as (call: AwsCall, input: unknown) => unknown)(call, input);
  }

  /**
   * Calls an operation by name, at once and in this process. The input is taken to be of the schema's types, as after decoding.
   * @throws {ServiceError} in the service's words. {Error} when the operation is not simulated.
   */
  call({ service, operation: name, region }: CallTarget, input: unknown): unknown {
    this.world.settle();
    const operation = registry.find(service, name);
    if (!operation) throw new Error(`${service} ${name} is not simulated.`);
    return this.run(operation, input, this.context(region));
  }

  /** A timer falls due. */
  fire(region: string, kind: string, data: Readonly<Record<string, string | number>>): void {
    const handler = timerHandler(kind);
    if (!handler) throw new Error(`No timer is called ${kind}.`);
    handler(this.context(region), data);
  }

  #newState(): AwsState {
    return { account: this.account, regions: new Map(), quotas: new Map(this.quotas), sessions: new Map() };
  }
}
