import { displayText } from './display.js';

/** More than are read; the JSON report holds all. */
const MOST_NAMED = 4;

/** `likewise t1204 (sg-lb24), t1404 (sg-lb28) and 7 more`. */
export function similarText(likewise: readonly string[]): string {
  const shown = likewise.length > MOST_NAMED ? likewise.slice(0, MOST_NAMED - 1) : likewise;
  const more = likewise.length - shown.length;
  return `likewise ${shown.map(displayText).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
