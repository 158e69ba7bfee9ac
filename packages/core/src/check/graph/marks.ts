import type { Graph, Mark } from './model.js';

/** The sign of a mark before a label, so that color alone never tells it. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  fail: '✗',
  unknown: '?',
  added: '+',
  changed: '~',
  removed: '-',
};

const MEANINGS: Readonly<Record<Mark, string>> = {
  fail: 'blocked',
  unknown: 'cannot be determined',
  added: 'to create',
  changed: 'to change',
  removed: 'to delete',
};

/** The worst first: of two marks of one thing, the first counts. */
const ORDER = Object.keys(SIGNS) as readonly Mark[];

/** The worse of two marks. */
export function worseMark(a: Mark | undefined, b: Mark | undefined): Mark | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

/** The place of a mark among all, the worst first; no mark is last. */
export function severityOf(mark: Mark | undefined): number {
  return mark === undefined ? ORDER.length : ORDER.indexOf(mark);
}

/** What the marks of a graph mean: `✗ blocked, ? cannot be determined`. Empty where it has none. */
export function legendOf({ nodes, edges }: Graph): string {
  const used = new Set([...nodes, ...edges].map(({ mark }) => mark));
  return ORDER.filter((mark) => used.has(mark))
    .map((mark) => `${SIGNS[mark]} ${MEANINGS[mark]}`)
    .join(', ');
}
