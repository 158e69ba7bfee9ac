import { markdownText } from '../ground/text/document-markdown.js';
import type { Spec } from './spec.js';

/** Shows a text without the values of a spec's variables, each as `${env:NAME}` or `${var:name}`. Undefined where no value is to be hidden. */
export function hidingValues({ hidden = [] }: Pick<Spec, 'hidden'>): ((text: string) => string) | undefined {
  const forms = hidden
    .filter(({ value }) => value !== '')
    .flatMap(({ value, name }) => [...new Set(formsOf(value))].map((form) => [form, `\${${name}}`] as const));
  if (forms.length === 0) return undefined;

  return (text) => {
    const isJson = JSON_TEXT.test(text);
    // In JSON a quotation mark that is not escaped belongs to the syntax.
    const present = isJson ? forms.filter(([form]) => !/(?<!\\)"/.test(form)) : forms;
    const found = present.flatMap(([form, name]) =>
      placesOf(text, form)
        .filter((at) => !isJson || !isInMemberName(text, at, form.length))
        .map((at): Hidden => ({ at, end: at + form.length, name })),
    );
    return withNames(text, found);
  };
}

/** A part of a text that is shown by a name. */
interface Hidden {
  readonly at: number;
  readonly end: number;
  readonly name: string;
}

/** Where a form is in a text, also where it overlaps itself. */
function placesOf(text: string, form: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) places.push(at);
  return places;
}

/** A text with names in place of its parts. Parts that overlap are one; of each two, the longer gives the name. */
function withNames(text: string, found: readonly Hidden[]): string {
  const apart: Hidden[] = [];
  for (const one of found.toSorted((a, b) => a.at - b.at || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || one.at >= last.end) apart.push(one);
    else apart[apart.length - 1] = joined(last, one);
  }
  const shown = apart.map(({ at, name }, index) => text.slice(apart[index - 1]?.end ?? 0, at) + name);
  return shown.join('') + text.slice(apart.at(-1)?.end ?? 0);
}

function joined(first: Hidden, next: Hidden): Hidden {
  const { name } = next.end - next.at > first.end - first.at ? next : first;
  return { at: first.at, end: Math.max(first.end, next.end), name };
}

const JSON_TEXT = /^\s*[[{][^]*[\]}]\s*$/;

/** Names of members are no longer than this. */
const LONGEST_NAME = 200;

/**
 * Whether a part of a JSON text is in the name of a member. Names are those of a format or of the spec's own keys, where no variable is: a stage
 * named `integration` does not rename the member `integration`.
 */
function isInMemberName(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_NAME), at);
  const after = text.slice(at + length, at + length + LONGEST_NAME);
  return /[{,]\s*"[^"\\]*$/.test(before) && /^[^"\\]*"\s*:/.test(after);
}

/** A value as it is, in JSON and in DOT, in Markdown, and in HTML and SVG. */
function formsOf(value: string): readonly string[] {
  const markup = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    // Alone, and within a text.
    markdownText(value),
    markdownText(`x${value}`).slice(1),
    markdownText(`${value}x`).slice(0, -1),
    markdownText(`x${value}x`).slice(1, -1),
    markup,
    markup.replaceAll('"', '&quot;'),
    markup.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ];
}
