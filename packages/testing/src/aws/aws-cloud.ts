import type { Cloud } from '../simulation/cloud.js';
import type { Timer } from '../simulation/timer-queue.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import type { World } from '../simulation/world.js';
import { Dispatcher } from './dispatch.js';
import type { AwsState } from './state/aws-state.js';

/** Settings of the simulated account. */
export interface AwsOptions {
  readonly account: string;
  readonly throttle: boolean;
  readonly quotas: ReadonlyMap<string, number>;
  /** Secrets by access key id; signatures are verified when given. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** AWS behind the port: one account, every region. */
export class AwsCloud implements Cloud {
  readonly name = 'aws';
  readonly dispatcher: Dispatcher;

  constructor(world: World, options: AwsOptions) {
    this.dispatcher = new Dispatcher(world, options.account, options.quotas);
  }

  ownsHost(host: string): boolean {
    return host.endsWith('.amazonaws.com');
  }

  readonly origins = [/amazonaws\.com/];

  recognises(_request: WireRequest): boolean {
    return false;
  }

  handle(_request: WireRequest): Promise<WireAnswer> {
    return Promise.reject(new Error('no wire yet'));
  }

  fire({ region, kind, data }: Timer): void {
    this.dispatcher.fire(region, kind, data);
  }

  save(): unknown {
    return this.dispatcher.state;
  }

  check(state: unknown): asserts state is AwsState {
    const aws = state as Partial<AwsState> | null;
    if (typeof aws?.account !== 'string' || !(aws.regions instanceof Map) || !(aws.quotas instanceof Map)) {
      throw new TypeError('The AWS part of this world is damaged.');
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
