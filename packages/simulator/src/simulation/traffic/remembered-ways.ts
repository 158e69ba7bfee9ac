import { RememberedWays } from './one-way.js';

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
