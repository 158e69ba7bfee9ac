/**
 * Characters that control a terminal or end a line for some readers, and that `JSON.stringify` does not
 * escape: C1, bidi, zero width, U+2028.
 */
const UNESCAPED = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Some CI systems detect `##vso[` and similar text anywhere in a line. */
const LOGGING_COMMAND = /##(?=\w{0,32}\[)/g;

/**
 * A value as JSON text that is safe on a terminal: JSON itself escapes only C0. The other characters escaped
 * here occur in strings only, so the value stays the same.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replace(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(LOGGING_COMMAND, '#\\u0023');
}
