/**
 * Characters that a terminal or a log may not treat as text: controls (C0, C1, so every CSI and OSC), format
 * characters (bidi, zero width, tags), lone surrogates, private and unassigned code points, line separators,
 * all characters without a glyph, and blanks that look like a space.
 */
const unsafe = (): RegExp =>
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/gu;
/** More marks on one letter than any living script needs paint over the lines above and below it. */
const combiningFlood = (): RegExp => /(?<=\p{M}{4})\p{M}/gu;
/**
 * Azure Pipelines, TeamCity and older GitHub runners detect `##vso[`, `##teamcity[` and `##[` anywhere in a
 * line.
 */
const LOGGING_COMMAND = /##(?=\w{0,32}\[)/g;
/**
 * A workflow command of GitHub Actions is at the start of a line, after optional white space: the runner trims every white space of
 * Unicode, the ideographic space (U+3000) of Chinese and Japanese texts, too. Its name consists of letters, unlike `::/0`:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const WORKFLOW_COMMAND = /^(\s*)(?=::[A-Za-z])/;

/** ASCII, and the signs of our own reports. */
const PLAIN = /^[ -~·–…→✓✗]*$/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Converts text from outside into one line that is safe on a terminal and in a CI log: `a<ESC>[31m` becomes
 * `a\x1b[31m`, a newline `\n`, U+202E `\u{202e}`. A fifth combining mark on one letter is escaped as well.
 * `::error` at the start and `##vso[` anywhere get a backslash. Visible letters of all scripts are kept. Safe
 * to apply twice.
 */
export function displayText(text: string): string {
  // Most texts are plain, and this test is faster than a search for unsafe characters.
  if (PLAIN.test(text) && !text.includes('##') && !text.includes('::')) return text;
  return text
    .replace(unsafe(), escape)
    .replace(combiningFlood(), escape)
    .replace(LOGGING_COMMAND, '#\\#')
    .replace(WORKFLOW_COMMAND, '$1\\');
}

/**
 * As {@link displayText}, line by line: newlines (`\n` alone) are kept, and no line begins like a command of
 * a CI system.
 */
export function displayBlock(text: string): string {
  return text.split('\n').map(displayText).join('\n');
}

function escape(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}
