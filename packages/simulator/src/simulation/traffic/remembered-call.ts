import type { Decisions } from './decisions.js';
import { RememberedWays } from './one-way.js';

/** What a remembered end rests on. */
interface Ground {
  readonly now: () => number;
  /** Changes whenever a cloud may have changed. */
  readonly version: () => number;
  readonly decisions: Decisions;
}

/**
 * How a call ends that is made many times. It is judged anew after each change of the clouds, at each moment at which it may end in another
 * way, and on each way that it has not taken since. What is drawn is drawn for each call.
 */
export class RememberedCall<T> {
  readonly #ground: Ground;
  readonly #judge: (fork: Parameters<Decisions['during']>[0]) => T;
  #ways = new RememberedWays<T>();
  #version = -1;
  #until = -Infinity;

  constructor(ground: Ground, judge: () => T) {
    this.#ground = ground;
    this.#judge = (fork) => {
      const { result, until } = ground.decisions.during(fork, judge);
      if (until < this.#until) this.#until = until;
      return result;
    };
  }

  /** How the call ends now. */
  end(): T {
    const version = this.#ground.version();
    if (version !== this.#version || this.#ground.now() >= this.#until) {
      this.#ways = new RememberedWays();
      this.#version = version;
      this.#until = Infinity;
    }
    return this.#ways.take(this.#judge);
  }
}
