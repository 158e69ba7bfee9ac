import { looksSecret } from '../../do/snapshot/hide-values.js';
import { escapeVariables } from '../parse/environment.js';

/** Variables in place of values that look like secrets, as a snapshot hides them: a spec is made to be committed. */
export class SecretVariables {
  /** The names of variables by what they are for. */
  readonly #known = new Map<string, string>();

  /** `isShown`: the spec is judged, and not written. */
  constructor(
    readonly notes: string[],
    readonly isShown: boolean,
  ) {}

  /** A value as a spec writes it: one variable for each name and value. `name`: `header x-api-key`. */
  written(part: string, name: string, value: string): string {
    if (this.isShown || !looksSecret(name, value)) return escapeVariables(value);

    const [quote, inner] = /^'.*'$/s.test(value) ? ["'", value.slice(1, -1)] : ['', value];
    const key = JSON.stringify([part, name, inner]);
    const variable = this.#known.get(key) ?? this.#free(`${part}_${name}`.replaceAll(/\W+/g, '_'));
    if (!this.#known.has(key)) {
      this.#known.set(key, variable);
      this.notes.push(`the value of ${part} ${name} looks like a secret: give it with --var ${variable}=VALUE`);
    }
    return `${quote}\${var:${variable}}${quote}`;
  }

  #free(name: string): string {
    const taken = new Set(this.#known.values());
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`;
    return free;
  }
}
