/** A fork that was met: how the calls are split, and what is behind each branch, as far as it was explored. */
interface Fork<T> {
  readonly weights: readonly number[];
  readonly total: number;
  readonly branches: (Fork<T> | { readonly end: T } | undefined)[];
}

/**
 * Takes one of the ways that calls may go, at random by their weights, and remembers what is at the end of each. An evaluation is
 * made once for each way, however many calls take it.
 */
export class RememberedWays<T> {
  #root: Fork<T> | { readonly end: T } | undefined;

  /** @param evaluate follows one way: `fork` answers which of several branches to take, from their weights */
  take(random: () => number, evaluate: (fork: (weights: readonly number[]) => number) => T): T {
    const taken: { readonly fork: Fork<T>; readonly branch: number }[] = [];
    let here = this.#root;
    while (here && 'branches' in here) {
      const branch = choose(here, random);
      taken.push({ fork: here, branch });
      here = here.branches[branch];
    }
    return here ? here.end : this.#explore(taken, random, evaluate);
  }

  #explore(
    taken: { readonly fork: Fork<T>; readonly branch: number }[],
    random: () => number,
    evaluate: (fork: (weights: readonly number[]) => number) => T,
  ): T {
    let met = 0;
    const end = evaluate((weights) => {
      const known = taken[met];
      met += 1;
      if (known) return known.branch;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const fork: Fork<T> = { weights, total, branches: [] };
      this.#put(taken, fork);
      const branch = choose(fork, random);
      taken.push({ fork, branch });
      return branch;
    });
    this.#put(taken, { end });
    return end;
  }

  #put(
    taken: readonly { readonly fork: Fork<T>; readonly branch: number }[],
    what: Fork<T> | { readonly end: T },
  ): void {
    const last = taken.at(-1);
    if (last) last.fork.branches[last.branch] = what;
    else this.#root = what;
  }
}

function choose({ weights, total }: Fork<unknown>, random: () => number): number {
  let left = random() * total;
  const at = weights.findIndex((weight) => (left -= weight) < 0);
  return at < 0 ? weights.length - 1 : at;
}

/** Picks one of several ways at a fork, in proportion to their weights; none of none. */
export function pickAt(
  fork: (weights: readonly number[]) => number,
): <T>(several: readonly T[], weightOf?: (one: T) => number) => readonly T[] {
  return (several, weightOf = () => 1) => {
    if (several.length <= 1) return several;
    const picked = several[fork(several.map(weightOf))];
    return picked === undefined ? [] : [picked];
  };
}
