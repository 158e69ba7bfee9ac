/** Limits concurrency to a number of tasks, in the order of their arrival. */
export interface Gate {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A gate for `width` concurrent tasks. */
export function gate(width: number): Gate {
  let free = width;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next(); // the slot is passed on directly, so a later task cannot take it
      }
    },
  };
}

/** One lane for each key: work with the same key never overlaps, work without a key is free. */
export function lanes(): { readonly run: <T>(key: string | undefined, work: () => Promise<T>) => Promise<T> } {
  const gates = new Map<string, Gate>();
  return {
    run(key, work) {
      if (key === undefined) return work();
      const lane = gates.get(key) ?? gate(1);
      gates.set(key, lane);
      return lane.run(work);
    },
  };
}
