import type { Cloud } from '../simulation/cloud.js';
import type { Timer } from '../simulation/timer-queue.js';
import type { WireAnswer } from '../simulation/wire.js';
import type { World } from '../simulation/world.js';
import { AlibabaDispatcher } from './dispatch.js';
import type { AlibabaState } from './state/alibaba-state.js';

/** Settings of the simulated account. */
export interface AlibabaOptions {
  readonly account: string;
  readonly throttle: boolean;
  readonly quotas: ReadonlyMap<string, number>;
  /** Secrets by access key id; signatures are verified when given. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** Alibaba Cloud behind the port: one account, every region. */
export class AlibabaCloud implements Cloud {
  readonly name = 'alibaba';
  readonly origins: readonly RegExp[] = [];
  readonly dispatcher: AlibabaDispatcher;

  constructor(
    world: World,
    readonly options: AlibabaOptions,
  ) {
    this.dispatcher = new AlibabaDispatcher(world, options.account, options.quotas);
  }

  ownsHost(): boolean {
    return false;
  }

  recognises(): boolean {
    return false;
  }

  handle(): Promise<WireAnswer> {
    return Promise.reject(new Error('Nothing is recognised yet.'));
  }

  fire({ region, kind, data }: Timer): void {
    this.dispatcher.fire(region, kind, data);
  }

  save(): unknown {
    return this.dispatcher.state;
  }

  check(state: unknown): asserts state is AlibabaState {
    const alibaba = state as Partial<AlibabaState> | null;
    const maps = [alibaba?.regions, alibaba?.quotas, alibaba?.roles];
    if (typeof alibaba?.account !== 'string' || !maps.every((map) => map instanceof Map)) {
      throw new TypeError('The Alibaba Cloud part of this world is damaged.');
    }
  }

  load(state: unknown): void {
    this.check(state);
    this.dispatcher.replace(state);
  }

  reset(): void {
    this.dispatcher.replace();
  }
}
