const MOST = 10_000;
/** The longest CIDR block has 49 characters. */
const LONGEST = 64;

/**
 * The same pure function of a short text, which keeps its results: the data path reads the same blocks and addresses for each call. Results
 * must not be changed.
 */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly result: T }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.result;
    const result = compute(text);
    if (text.length > LONGEST) return result;
    if (known.size >= MOST) known.clear();
    known.set(text, { result });
    return result;
  };
}
