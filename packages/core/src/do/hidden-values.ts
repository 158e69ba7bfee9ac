import { markdownText } from '../ground/text/document-markdown.js';
import type { Spec } from './spec.js';

/** Shows a text without the values of a spec's variables, each as `${env:NAME}` or `${var:name}`. Undefined where no value is to be hidden. */
export function hidingValues({ hidden = [] }: Pick<Spec, 'hidden'>): ((text: string) => string) | undefined {
  const forms = hidden
    .filter(({ value }) => value !== '')
    .flatMap(({ value, name }) => [...new Set(formsOf(value))].map((form) => [form, `\${${name}}`] as const))
    .toSorted(([a], [b]) => b.length - a.length);
  if (forms.length === 0) return undefined;

  return (text) => {
    const isJson = JSON_TEXT.test(text);
    // In JSON a quotation mark that is not escaped belongs to the syntax.
    const present = isJson ? forms.filter(([form]) => !/(?<!\\)"/.test(form)) : forms;
    const found: Hidden[] = [];
    // Longer forms come first, so a form that overlaps what was found begins or ends in it.
    const taken = new Uint8Array(text.length);
    for (const [form, name] of present) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
        const end = at + form.length;
        if (taken[at] === 1 || taken[end - 1] === 1) continue;
        if (isJson && isInMemberName(text, at, form.length)) continue;

        taken.fill(1, at, end);
        found.push({ at, end, name });
      }
    }
    return withNames(text, found);
  };
}

/** A part of a text that is shown by a name. */
interface Hidden {
  readonly at: number;
  readonly end: number;
  readonly name: string;
}

function withNames(text: string, found: readonly Hidden[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, end, name } of found.toSorted((a, b) => a.at - b.at)) {
    parts.push(text.slice(from, at), name);
    from = end;
  }
  return [...parts, text.slice(from)].join('');
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
    markdownText(value),
    markup,
    markup.replaceAll('"', '&quot;'),
    markup.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ];
}
