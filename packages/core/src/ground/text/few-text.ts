/**
 * The first `most` texts, and the number of the others: `a, b, c and 2 more`.
 * @param last what stands before the last text where all are shown: `a, b and c`
 */
export function fewText(texts: readonly string[], most = 3, last: ', ' | ' and ' = ', '): string {
  if (texts.length > most) return `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`;
  return [...texts.slice(0, -2), texts.slice(-2).join(last)].join(', ');
}
