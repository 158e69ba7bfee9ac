/** Runs of what is not printable ASCII: most texts have none. */
const NOT_PLAIN = /[^\n -~]+/g;
/**
 * Characters that control a terminal, are not seen or end a line for some readers, and that `JSON.stringify` does not
 * escape: C1, bidi, zero width, tags, U+2028.
 */
const UNESCAPED = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Some CI systems detect `##vso[` and similar text anywhere in a line. */
const LOGGING_COMMAND = /##(?=\w{0,32}\[)/g;

/**
 * A value as JSON text that is safe on a terminal: JSON itself escapes only C0. The other characters escaped
 * here occur in strings only, so the value stays the same.
 */
export function jsonText(value: unknown, indent?: number): string {
  return escapedUnits(JSON.stringify(value, undefined, indent), (character) =>
    character
      .split('')
      .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
      .join(''),
  );
}

/** YAML whose texts with such characters are in double quotes, with escapes for them: one for each, as YAML has it. */
export function escapedYaml(text: string): string {
  return escapedUnits(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff_ff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function escapedUnits(text: string, escape: (character: string) => string): string {
  return text.replace(NOT_PLAIN, (run) => run.replace(UNESCAPED, escape)).replace(LOGGING_COMMAND, '#\\u0023');
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
