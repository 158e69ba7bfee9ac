const MOST = 3;

/** The first of some texts, and how many there are beside these: `a, b, c and 2 more`. */
export function fewText(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST).join(', ');
  return texts.length > MOST ? `${shown} and ${texts.length - MOST} more` : shown;
}
