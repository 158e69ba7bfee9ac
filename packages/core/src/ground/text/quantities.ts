/** A duration for people: `850 ms`, `12 s`, `6 min 32 s`, `1 h 5 min`. */
export function lengthOfTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;

  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;

  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;

  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 subnet`, `2 subnets`; what has another plural than with an `s` names it. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/**
 * The first `most` texts, and the number of the others: `a, b, c and 2 more`.
 * @param last what stands before the last text where all are shown: `a, b and c`
 */
export function fewText(texts: readonly string[], most = 3, last: ', ' | ' and ' = ', '): string {
  if (texts.length > most) return `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`;

  return [...texts.slice(0, -2), texts.slice(-2).join(last)].join(', ');
}

/** An amount of US dollars, to the cent: `27924.10`. */
export function usdText(usd: number): string {
  return usd.toFixed(2);
}

/** A day, in milliseconds. */
export const DAY_MS = 86_400_000;
