/** Words of a text, among them those that name something: ids, numbers, addresses. Signs around them are no part of them. */
const WORD = /[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+(?:\.+[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+)*/g;

/** The words of a text, without the signs around them: `sg-1`, `10.0.0.0/8`, `443`. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORD) ?? []);
}

/** Whether a word is a fact (an id, a number, an address) and none of the language. */
export function isFact(word: string): boolean {
  return /\d|[^-]-[^-]|[._/]/.test(word);
}
