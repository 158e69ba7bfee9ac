/**
 * JSON in ASCII, on one line: what is beyond is escaped, so that nothing in it can drive a terminal or end a line. `##` begins
 * commands of CI systems anywhere in a line, so it is escaped, too. (The common `jsonText` would load the rest of core.)
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]|#(?=#)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
