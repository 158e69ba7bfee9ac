import { displayText } from '../text/display.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text from outside for an element or a quoted attribute of an HTML page; what drives a terminal is shown escaped there, too.
 * @see https://html.spec.whatwg.org/multipage/syntax.html#syntax-charref
 */
export function htmlText(text: string): string {
  return displayText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
