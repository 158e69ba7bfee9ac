import { displayText } from './display.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes text from outside for an element or a quoted attribute of an HTML page. Control sequences of
 * terminals are escaped as well.
 * @see https://html.spec.whatwg.org/multipage/syntax.html#syntax-charref
 */
export function htmlText(text: string): string {
  return displayText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The same with its line breaks, for an element that keeps them. */
export function htmlLines(text: string): string {
  return text.split('\n').map(htmlText).join('\n');
}
