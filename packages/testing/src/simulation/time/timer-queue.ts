/** A future event: plain data, so that a saved world continues where it was. */
export interface Timer {
  /** Simulated time at which it falls due, milliseconds since the epoch. */
  readonly at: number;
  /** Order among those that fall due together. */
  readonly sequence: number;
  /** The cloud that handles the timer: `aws`. */
  readonly cloud: string;
  readonly region: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Timers in the order in which they fall due: a binary heap. */
export class TimerQueue {
  #heap: Timer[] = [];
  #sequence = 0;

  /** Adds one; its sequence number is the queue's. */
  add(timer: Omit<Timer, 'sequence'>): void {
    this.#sequence += 1;
    this.#heap.push({ ...timer, sequence: this.#sequence });
    this.#up(this.#heap.length - 1);
  }

  /** When the next one falls due. */
  nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Removes and returns the next one that is due at `now`. */
  takeDue(now: number): Timer | undefined {
    const first = this.#heap[0];
    if (!first || first.at > now) return undefined;
    const last = this.#heap.pop();
    if (last && last !== first) {
      this.#heap[0] = last;
      this.#down(0);
    }
    return first;
  }

  /** All timers, first due first. */
  save(): Timer[] {
    return [...this.#heap].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  /** Replaces all timers. */
  load(timers: readonly Timer[]): void {
    this.#heap = [...timers].sort((a, b) => (before(a, b) ? -1 : 1)); // a sorted array is a heap
    this.#sequence = timers.reduce((highest, timer) => Math.max(highest, timer.sequence), 0);
  }

  #up(start: number): void {
    for (let child = start; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, child)) return;
      child = parent;
    }
  }

  #down(start: number): void {
    for (let parent = start; ;) {
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

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
