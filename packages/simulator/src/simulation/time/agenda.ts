import { EarliestFirst, type Due } from './earliest-first.js';

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
