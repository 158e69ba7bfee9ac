/** A mark is on the line of the word that it marks. */
const MARKS: ReadonlySet<string> = new Set(['✓', '✗', '?', '!', '…']);
/** At the start of a line it introduces the remedy; elsewhere it belongs to the word before it. */
const ARROW = '→';
const ARROW_WORD = ` ${ARROW} `;

/** One line of a text that was broken. */
export interface WrappedLine {
  /** The blanks that it begins with: the text's own, or the indent. */
  readonly lead: string;
  readonly text: string;
  /** Where its text begins in the whole one. */
  readonly from: number;
}

/**
 * Breaks a text at blanks so that its lines fit into `width`; lines after the first begin with `indent`.
 * Longer words are not broken, because IDs and addresses are copied.
 */
export function wrapWords(text: string, width: number, indent: string): readonly WrappedLine[] {
  const [, own = ''] = /^(\s*)/.exec(text) ?? [];
  const lines: WrappedLine[] = [];
  let lead = own;
  let from = own.length;
  let end = from;
  for (let at = from; at <= text.length;) {
    const next = endOfWord(text, at, at === own.length);
    if (end > from && lead.length + next - from > width) {
      lines.push({ lead, text: text.slice(from, end).trimEnd(), from });
      lead = indent;
      from = at;
    }
    end = next;
    at = next + 1;
  }
  return [...lines, { lead, text: text.slice(from).trimEnd(), from }];
}

/** The end of the word at an index, with the marks before it and an arrow after it. */
function endOfWord(text: string, at: number, first: boolean): number {
  let start = at;
  let end = at;
  for (;;) {
    const blank = text.indexOf(' ', start);
    end = blank === -1 ? text.length : blank;
    const mark = end === start + 1 && end < text.length ? text[start] : undefined;
    if (mark === undefined || !(MARKS.has(mark) || (first && mark === ARROW))) break;

    start = end + 1;
  }
  return text.startsWith(ARROW_WORD, end) ? end + 1 + ARROW.length : end;
}

/** As `wrapWords`, as lines. */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  if (text.length <= width) return [text];

  return wrapWords(text, width, indent).map(({ lead, text: line }) => `${lead}${line}`.trimEnd());
}

/** A line that is cut where it would not fit, with `…` in place of the rest. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `${characters
        .slice(0, width - 1)
        .join('')
        .trimEnd()}…`;
}
