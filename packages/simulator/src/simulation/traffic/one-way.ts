import type { Draw, Fork } from './decisions.js';

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
