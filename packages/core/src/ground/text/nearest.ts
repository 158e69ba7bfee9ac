/** The member of `words` that `typed` most likely means: at most a third of its letters differ, and at most `most`. */
export function nearest(typed: string, words: Iterable<string>, most = Infinity): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(most, Math.max(1, Math.floor(Math.min(typed.length, 40) / 3))) + 1;
  if (typed.length > 80) return undefined; // no typing error

  for (const word of words) {
    const distance = editDistance(typed.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** The number of insertions, deletions, replacements and swaps of neighbors from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
