/**
 * Sentences with placeholders, as data:
 *
 * - `{zones}`: a value. A list is joined by commas.
 * - `{zones:and}`, `{zones:or}`, `{zones:;}`: a list, joined by that. `{zones:few}`: the first three, and the number of the others.
 * - `{listeners|none}`: the text after the bar where the value is undefined or empty.
 * - `{zones?is:are}`: the first text where the value is `true`, 1 or a list of one, else the second.
 * - `[, such as {free}]`: nothing where a value in the brackets is undefined, empty or `false`.
 * - `[such as {free}|none]`: the first of the texts of which no value is undefined, empty or `false`.
 * - `[if isNew: create {link}|if state=failed: replace {link}|keep {link}]`: the first of the texts whose condition holds.
 * - `[I]`, `[M]`, `[U]`: as they are. They mark facts that are inferred, measured or uncertain.
 *
 * A list of texts is as `[a|b]`, and its texts may have brackets.
 */
import { fewText } from './quantities.js';

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

type ConditionsOf<T extends string> = T extends `${string}${'[' | '|'}if ${infer C}: ${infer Rest}`
  ? (C extends `${infer N}=${string}` ? N : C) | ConditionsOf<Rest>
  : never;

type StrictOf<P extends string> = P extends `${string}?${string}` | `${string}|${string}` ? never : NameOf<P>;
type AllOf<P extends string> = [LooseNameOf<P>] extends [never] ? NameOf<P> : LooseNameOf<P>;

/** A text, or a list of texts of which the first applies whose condition holds. */
export type Template = string | readonly string[];

/** The texts of a template. A bar precedes those of a list, so that all their values may lack. */
export type TextOf<T extends Template> = T extends readonly (infer F extends string)[] ? `|${F}` : T & string;

/** The names that a template must be given a {@link Printable} for. */
export type Required<T extends string> = T extends `|${string}`
  ? never
  : T extends string
    ? OneOf<StrictOf<PlaceholdersOf<OutsideOf<T>>>>
    : never;
/** All names of a template. */
export type Names<T extends string> = T extends string ? OneOf<PlaceholdersOf<T>, 'all'> | ConditionsOf<T> : never;
type OneOf<P extends string, Which = 'strict'> = P extends string ? (Which extends 'all' ? AllOf<P> : P) : never;

/** What fills a text: one value for each of its placeholders. A text without any takes nothing. */
export type Filling<T extends string> = [Names<T>] extends [never]
  ? []
  : [
      values: { readonly [N in Required<T>]: Printable } & {
        readonly [N in Exclude<Names<T>, Required<T>>]: Optional;
      },
    ];

/** The values of a template, by name. */
export type Values = Readonly<Record<string, unknown>>;

const TOKEN = /\[([^[\]]*)\]|\{([A-Za-z]\w*)(?:\?([^:{}]*):([^{}]*)|\|([^{}]*)|:([^{}]*))?\}/g;
const MARK = /^[IMU]$/;
const SEPARATORS: Readonly<Record<string, string>> = { and: ' and ', or: ' or ', ';': '; ' };

/** The sentence of a template with its values. */
export function fill(template: Template, values: Values): string {
  if (typeof template !== 'string') return firstOf(template, values);

  return template.replaceAll(
    TOKEN,
    (token, clause?: string, name?: string, one?: string, more?: string, none?: string, by?: string) => {
      if (clause !== undefined && MARK.test(clause)) return token;
      if (clause !== undefined) return firstOf(clause.split(BAR), values);

      const value = values[name ?? ''];
      if (one !== undefined) return isOne(value) ? one : (more ?? '');

      const text = Array.isArray(value)
        ? by === 'few'
          ? fewText(value)
          : value.join(SEPARATORS[by ?? ''] ?? ', ')
        : isGiven(value)
          ? String(value)
          : '';
      return text === '' && none !== undefined ? none : text;
    },
  );
}

const BAR = /\|(?![^{}]{0,1000}\})/;
const CONDITION = /^if (\w+)(?:=([^:]*))?: (.*)$/s;

/** The first text whose condition holds and whose values are given. */
function firstOf(texts: readonly string[], values: Values): string {
  for (const form of texts) {
    const [, name, wanted, text = form] = CONDITION.exec(form) ?? [];
    const value = name === undefined || values[name];
    if (wanted === undefined ? !isGiven(value) : String(value) !== wanted) continue;
    if (isWhole(text, values)) return fill(text, values);
  }
  return '';
}

function isWhole(text: string, values: Values): boolean {
  return [...text.matchAll(TOKEN)].every(
    ([, clause, name = '', one, , none]) => (clause ?? one ?? none) !== undefined || isGiven(values[name]),
  );
}

function isOne(value: unknown): boolean {
  return value === true || value === 1 || (Array.isArray(value) && value.length === 1);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
}
