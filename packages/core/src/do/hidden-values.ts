import { markdownText } from '../ground/text/document-markdown.js';
import type { Spec } from './spec.js';

/** Shows a text without the values of a spec's variables, each as `${env:NAME}` or `${var:name}`. Undefined where no value is to be hidden. */
export function hidingValues({ hidden = [] }: Pick<Spec, 'hidden'>): ((text: string) => string) | undefined {
  const forms = hidden
    .toSorted((a, b) => b.value.length - a.value.length)
    .flatMap(({ value, name }) => [...new Set(formsOf(value))].map((form) => [form, `\${${name}}`] as const));
  if (forms.length === 0) return undefined;

  return (text) => {
    const isJson = JSON_TEXT.test(text);
    const shown = (before: string, form: string, name: string): string =>
      before.replaceAll(form, (_, at: number) => (isJson && isInMemberName(before, at, form.length) ? form : name));
    // In JSON a quotation mark that is not escaped belongs to the syntax.
    const present = isJson ? forms.filter(([form]) => !/(?<!\\)"/.test(form)) : forms;
    return present.reduce((before, [form, name]) => shown(before, form, name), text);
  };
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
