/** A block of code of a page: its language, its text, and where the text is. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The blocks of code of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => {
    const [, language = '', text = ''] = match;
    const start = match.index + 3 + language.length + 1;
    return { language, text, start, end: start + text.length };
  });
}

/** The page with replaced texts in some of its blocks. */
export function withTexts(page: string, texts: ReadonlyMap<Block, string>): string {
  let result = '';
  let at = 0;
  for (const [{ start, end }, text] of [...texts].toSorted(([a], [b]) => a.start - b.start)) {
    result += page.slice(at, start) + text;
    at = end;
  }
  return result + page.slice(at);
}
