/**
 * Characters that a terminal or a log may not treat as text: controls (C0, C1, so every CSI and OSC), format
 * characters (bidi, zero width, tags), lone surrogates, private and unassigned code points, line separators,
 * all characters without a glyph, and blanks that look like a space.
 */
const unsafe = (): RegExp =>
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/gu;
/** More marks on one letter than any living script needs paint over the lines above and below it. */
const combiningFlood = (): RegExp => /(?<=\p{M}{4})\p{M}/gu;
/** Azure Pipelines, TeamCity and older GitHub runners detect `##vso[`, `##teamcity[` and `##[` anywhere in a line. */
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

function escape(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;

  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}

/** The role of a piece of text, which determines its color. */
export type Style = 'error' | 'warning' | 'note' | 'unknown' | 'pass' | 'heading' | 'quiet' | 'remedy';

/** How a report is written for a terminal. */
export interface ReportTextOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Columns to fill; 100 by default. */
  readonly width?: number | undefined;
  /** Colors a piece of text; the default leaves it unchanged. It must not change its length in columns. */
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}

/** Punctuation before a word, and after one, that may not belong to it. */
const SIGNS_BEFORE = /^["'`]+/;
const SIGNS_AFTER = /(?<!["'`,.:;])["'`,.:;]+$/;
/** How many brackets around one another are removed: each costs a look at the whole text. */
const MOST_ROUNDS = 8;
const PAIRS = [
  ['(', ')'],
  ['[', ']'],
] as const;

/**
 * The part of the second text that differs from the first, in one piece and in its own order: of `route GET /a/{id}`
 * after `route ANY /b` it is `GET /a/{id}`. Texts are given as their words. Empty where nothing differs.
 */
export function differingSpan(first: readonly string[], second: readonly string[]): string {
  let from = 0;
  while (from < second.length && first[from] === second[from]) from += 1;
  let after = 0;
  while (after < second.length - from && after < first.length - from && first.at(-1 - after) === second.at(-1 - after))
    after += 1;
  return withoutSigns(second.slice(from, second.length - after).join(' '));
}

/** One or more words without surrounding punctuation; brackets that are closed inside are kept. */
function withoutSigns(text: string): string {
  let shown = text;
  for (let before = '', round = 0; before !== shown && round < MOST_ROUNDS; round += 1) {
    before = shown;
    shown = shown.replace(SIGNS_BEFORE, '').replace(SIGNS_AFTER, '');
    for (const [open, close] of PAIRS) {
      if (shown.startsWith(open) && (shown.endsWith(close) || !shown.includes(close))) shown = shown.slice(1);
      if (shown.endsWith(close) && !shown.includes(open)) shown = shown.slice(0, -1);
    }
  }
  return shown;
}
