import { isName } from '../../do/forms/text-rules.js';

/** Gives out names for a spec, each once. */
export class Names {
  readonly #taken = new Set<string>();

  /** Reserves `name` as it is, or with a number appended where it is already in use. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number += 1) free = `${name.slice(0, 57)}-${number}`;
    this.#taken.add(free);
    return free;
  }

  /** A valid name from `text`, which may be any text, or from `otherwise` where no part of it is valid. */
  free(text: string, otherwise: string): string {
    for (const candidate of [text, otherwise, 'unnamed']) {
      const slug = candidate
        .slice(0, 200)
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 57)
        .replace(/[^A-Za-z0-9]+$/, '');
      if (isName(slug)) return this.take(slug);
    }
    return this.take('unnamed');
  }
}
