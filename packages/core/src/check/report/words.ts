/**
 * The words of a text, including names: IDs, numbers, addresses. Punctuation around them does not belong to
 * them.
 */
const WORD = /[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+(?:\.+[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+)*/g;

/** The words of a text, without punctuation around them: `sg-1`, `10.0.0.0/8`, `443`. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORD) ?? []);
}

/** Whether a word is a fact (an ID, a number, an address) and not a word of the language. */
export function isFact(word: string): boolean {
  return /\d|[^-]-[^-]|[._/]/.test(word);
}
