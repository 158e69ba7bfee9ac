/** The limit of remembered texts. */
const MOST_KEPT = 4096;

/**
 * A reader of texts that remembers what it read lately: subnets, prefix lists and rules of a region often name
 * the same blocks. Texts that it cannot read are not remembered.
 */
export function memoizeReader<T>(read: (text: string) => T | undefined): (text: string) => T | undefined {
  const known = new Map<string, T>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined) return there;
    const made = read(text);
    if (known.size >= MOST_KEPT) known.clear();
    if (made !== undefined) known.set(text, made);
    return made;
  };
}
