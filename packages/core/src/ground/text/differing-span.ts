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
 * The part of the second text that differs from the first, in one piece and in its own order: of `route GET
 * /a/{id}` after `route ANY /b` it is `GET /a/{id}`. Texts are given as their words. Empty where nothing
 * differs.
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
