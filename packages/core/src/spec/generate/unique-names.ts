import { isName } from '../../model/marks.js';

/** Gives out names for a spec, each once. */
export class Names {
  readonly #taken = new Set<string>();

  /** Takes `name` as it is, or with a number behind it where it is taken. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number += 1) free = `${name.slice(0, 57)}-${number}`;
    this.#taken.add(free);
    return free;
  }

  /** A name made of `text`, which may be anything, or of `otherwise` where nothing of it can be used. */
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
