import type { Draw, Fork, Decisions } from './outcomes.js';

/** A fork that was met: how a call takes one of its branches, and what is behind each, as far as it was explored. */
interface MetFork<T> {
  readonly draw: Draw;
  readonly branches: (MetFork<T> | { readonly end: T } | undefined)[];
}

/**
 * Takes one of the ways that calls may go, at random by their weights, and remembers what is at the end of each. An evaluation is
 * made once for each way, however many calls take it.
 */
export class RememberedWays<T> {
  #root: MetFork<T> | { readonly end: T } | undefined;

  /** @param evaluate follows one way: `fork` answers which of several branches to take. A draw is made again for each call. */
  take(evaluate: (fork: Fork) => T): T {
    const taken: { readonly fork: MetFork<T>; readonly branch: number }[] = [];
    let here = this.#root;
    if (here && 'end' in here) return here.end;

    while (here && 'branches' in here) {
      const branch = here.draw();
      taken.push({ fork: here, branch });
      here = here.branches[branch];
    }
    return here ? here.end : this.#explore(taken, evaluate);
  }

  #explore(taken: { readonly fork: MetFork<T>; readonly branch: number }[], evaluate: (fork: Fork) => T): T {
    let met = 0;
    const end = evaluate((draw) => {
      const known = taken[met];
      met += 1;
      if (known) return known.branch;

      const fork: MetFork<T> = { draw, branches: [] };
      this.#put(taken, fork);
      const branch = draw();
      taken.push({ fork, branch });
      return branch;
    });
    this.#put(taken, { end });
    return end;
  }

  #put(
    taken: readonly { readonly fork: MetFork<T>; readonly branch: number }[],
    what: MetFork<T> | { readonly end: T },
  ): void {
    const last = taken.at(-1);
    if (last) last.fork.branches[last.branch] = what;
    else this.#root = what;
  }
}

/** Picks one of several ways at a fork, in proportion to their weights; none of none. */
export function pickAt(
  choose: (weights: readonly number[]) => number,
): <T>(several: readonly T[], weightOf?: (one: T) => number) => readonly T[] {
  return (several, weightOf = () => 1) => {
    if (several.length <= 1) return several;

    const picked = several[choose(several.map(weightOf))];
    return picked === undefined ? [] : [picked];
  };
}

/** The ways to a place, and when the first of them was followed. */
export interface Remembered<End> {
  readonly ways: RememberedWays<End>;
  readonly since: number;
  /** Whether health decides that changes as time passes. */
  readsTime: boolean;
}

/** How long such health counts as unchanged, in simulated milliseconds. */
const HEALTH_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/** The ways to places, until the simulated world may have changed. */
export class WaysByPlace<End> {
  #remembered = new Map<string, Remembered<End>>();
  #version = -1;

  /** Forgets all where `version` is another one than before. Whether it did. */
  renew(version: number): boolean {
    const isSame = version === this.#version && this.#remembered.size <= MOST_REMEMBERED;
    this.#version = version;
    if (!isSame) this.clear();
    return !isSame;
  }

  clear(): void {
    this.#remembered = new Map();
  }

  /** When ways that were remembered since then are followed again, in simulated milliseconds since the epoch. */
  until({ since, readsTime }: Remembered<End>): number {
    return readsTime ? since + HEALTH_MS : Infinity;
  }

  at(place: string, now: number): Remembered<End> {
    const known = this.#remembered.get(place);
    if (known && !(known.readsTime && !(now - known.since < HEALTH_MS && now >= known.since))) return known;

    const fresh = { ways: new RememberedWays<End>(), since: now, readsTime: false };
    this.#remembered.set(place, fresh);
    return fresh;
  }
}

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
