/**
 * Sentences with placeholders, as data:
 *
 * - `{zones}`: a value. A list is joined by commas.
 * - `{zones:and}`, `{zones:or}`, `{zones:;}`: a list, joined by that.
 * - `{listeners|none}`: the text after the bar where the value is undefined or empty.
 * - `{zones?is:are}`: the first text where the value is `true`, 1 or a list of one, else the second.
 * - `[, such as {free}]`: nothing where a value in the brackets is undefined, empty or `false`.
 */

/** What a placeholder shows. */
export type Printable = string | number | readonly (string | number)[];

/** What a placeholder with an alternative, or in brackets, may also be. */
export type Optional = Printable | boolean | undefined;

type NameOf<P extends string> = P extends `${infer N}:${string}` ? N : P;
type LooseNameOf<P extends string> = P extends `${infer N}?${string}`
  ? N
  : P extends `${infer N}|${string}`
    ? N
    : never;

type PlaceholdersOf<T extends string> = T extends `${string}{${infer P}}${infer Rest}`
  ? P | PlaceholdersOf<Rest>
  : never;
type OutsideOf<T extends string> = T extends `${infer A}[${string}]${infer Rest}` ? `${A}${OutsideOf<Rest>}` : T;

type StrictOf<P extends string> = P extends `${string}?${string}` | `${string}|${string}` ? never : NameOf<P>;
type AllOf<P extends string> = [LooseNameOf<P>] extends [never] ? NameOf<P> : LooseNameOf<P>;

/** The names that a template must be given a {@link Printable} for. */
export type Required<T extends string> = T extends string ? OneOf<StrictOf<PlaceholdersOf<OutsideOf<T>>>> : never;
/** All names of a template. */
export type Names<T extends string> = T extends string ? OneOf<PlaceholdersOf<T>, 'all'> : never;
type OneOf<P extends string, Which = 'strict'> = P extends string ? (Which extends 'all' ? AllOf<P> : P) : never;

/** The values of a template, by name. */
export type Values = Readonly<Record<string, unknown>>;

const TOKEN = /\[([^[\]]*)\]|\{([A-Za-z]\w*)(?:\?([^:{}]*):([^{}]*)|\|([^{}]*)|:([^{}]*))?\}/g;
const SEPARATORS: Readonly<Record<string, string>> = { and: ' and ', or: ' or ', ';': '; ' };

/** The sentence of a template with its values. */
export function fill(template: string, values: Values): string {
  return template.replaceAll(
    TOKEN,
    (_, clause?: string, name?: string, one?: string, more?: string, none?: string, by?: string) => {
      if (clause !== undefined) return isWhole(clause, values) ? fill(clause, values) : '';
      const value = values[name ?? ''];
      if (one !== undefined) return isOne(value) ? one : (more ?? '');
      const text = Array.isArray(value)
        ? value.join(SEPARATORS[by ?? ''] ?? ', ')
        : isGiven(value)
          ? String(value)
          : '';
      return text === '' && none !== undefined ? none : text;
    },
  );
}

function isWhole(clause: string, values: Values): boolean {
  return [...clause.matchAll(TOKEN)].every(([, , name = '', one]) => one !== undefined || isGiven(values[name]));
}

function isOne(value: unknown): boolean {
  return value === true || value === 1 || (Array.isArray(value) && value.length === 1);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
}
