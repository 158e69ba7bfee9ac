/** The first `most` texts, and the number of the others: `a, b, c and 2 more`. */
export function fewText(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
