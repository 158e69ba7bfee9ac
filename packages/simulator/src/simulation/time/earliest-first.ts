/** Something that falls due at a moment. */
export interface Due {
  /** Simulated milliseconds since the epoch. */
  readonly at: number;
  /** Order among those that fall due together. */
  readonly sequence: number;
}

/** Things in the order in which they fall due: a binary heap. */
export class EarliestFirst<T extends Due> {
  #heap: T[] = [];

  add(one: T): void {
    const heap = this.#heap;
    heap.push(one);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, child)) return;

      child = parent;
    }
  }

  /** When the next one falls due. */
  nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Removes and returns the next one that is due at `now`. */
  takeDue(now: number): T | undefined {
    const first = this.#heap[0];
    if (!first || first.at > now) return undefined;

    const last = this.#heap.pop();
    if (last && last !== first) {
      this.#heap[0] = last;
      this.#down();
    }
    return first;
  }

  /** All of them, first due first. */
  list(): T[] {
    return [...this.#heap].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  /** Replaces all of them. */
  load(all: readonly T[]): void {
    this.#heap = [...all].sort((a, b) => (before(a, b) ? -1 : 1)); // a sorted array is a heap
  }

  #down(): void {
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const [a, b] = [this.#heap[left], this.#heap[left + 1]];
      if (!a) return;

      const child = b && before(b, a) ? left + 1 : left;
      if (!this.#swapUnlessOrdered(parent, child)) return;

      parent = child;
    }
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [upper, lower] = [this.#heap[parent], this.#heap[child]];
    if (!upper || !lower || !before(lower, upper)) return false;

    this.#heap[parent] = lower;
    this.#heap[child] = upper;
    return true;
  }
}

function before(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** Something that happens inside the simulation at a moment: a call that a load job makes, an answer that was slow. */
interface Entry extends Due {
  readonly action: () => void;
}

/**
 * What happens as time passes. Unlike timers of clouds its entries are no part of a saved world, and unlike sleepers they do not make
 * time pass.
 */
export class Agenda {
  readonly #entries = new EarliestFirst<Entry>();
  #sequence = 0;

  /** Adds something at a moment, in simulated milliseconds since the epoch. */
  add(at: number, action: () => void): void {
    this.#sequence += 1;
    this.#entries.add({ at, sequence: this.#sequence, action });
  }

  /** When the next falls due. */
  nextAt(): number | undefined {
    return this.#entries.nextAt();
  }

  /** Removes and returns the next one that is due at `now`. */
  takeDue(now: number): Entry | undefined {
    return this.#entries.takeDue(now);
  }

  /** Forgets all. */
  reset(): void {
    this.#entries.load([]);
  }
}
