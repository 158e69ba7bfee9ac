/** Whether a name is a whole word between the two characters before it and the two after it. */
type IsWhole = (name: string, before: string, after: string) => boolean;

/**
 * Replaces names in texts by what they stand for, the longest name at each place. The time is that of the text, and not of how many names
 * there are or how long: each place asks for the last name, in their order, that is not behind the text, and then for its beginnings.
 */
export function namesReplaced(names: ReadonlyMap<string, string>, isWhole: IsWhole): (text: string) => string {
  const sorted = [...names.keys()].filter((name) => name !== '').toSorted();
  const shorter = new Map<string, string>();
  const open: string[] = [];
  for (const name of sorted) {
    while (open.length > 0 && !name.startsWith(open.at(-1) ?? '')) open.pop();
    const beginning = open.at(-1);
    if (beginning !== undefined) shorter.set(name, beginning);
    open.push(name);
  }
  const lastNotBehind = (rest: string): string | undefined => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') <= rest) low = middle + 1;
      else high = middle;
    }
    return sorted[low - 1];
  };
  const nameAt = (text: string, at: number): string | undefined => {
    let name = lastNotBehind(text.slice(at));
    while (name !== undefined && !text.startsWith(name, at)) name = shorter.get(name);
    const before = text.slice(Math.max(0, at - 2), at);
    const after = (end: number): string => text.slice(end, end + 2);
    while (name !== undefined && !isWhole(name, before, after(at + name.length))) name = shorter.get(name);
    return name;
  };
  return (text) => {
    let [found, from] = ['', 0];
    for (let at = 0; at < text.length; at += 1) {
      const name = sorted.length === 0 ? undefined : nameAt(text, at);
      if (name === undefined) continue;

      found += text.slice(from, at) + (names.get(name) ?? '');
      from = at + name.length;
      at = from - 1;
    }
    return found + text.slice(from);
  };
}
