/** The first of some texts, and how many there are beside these: `a, b, c and 2 more`. `most` is how many are shown. */
export function fewText(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
