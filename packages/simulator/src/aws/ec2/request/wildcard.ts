/** A step of a pattern: any text, at most one character, or a character itself. */
type Step = { readonly kind: 'any' | 'maybe' } | { readonly kind: 'character'; readonly character: string };

/**
 * A filter's value as a test of texts: `*` is any text, `?` at most one character, and a backslash makes the
 * next character literal. Values are case-sensitive. The time of a test is bounded by pattern times text.
 * Patterns come from outside, and a regular expression of many stars would not end.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html#Filtering_Resources_CLI
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const steps = stepsOf(pattern);
  return (text) => {
    // The steps that the text read so far can have reached; several in parallel, because of the stars.
    let before = reach(steps, new Set([0]));
    for (const character of text) {
      const after = new Set<number>();
      for (const index of before) {
        const step = steps[index];
        if (step?.kind === 'any') after.add(index);
        else if (step?.kind === 'maybe') after.add(index + 1);
        else if (step?.kind === 'character' && step.character === character) after.add(index + 1);
      }
      if (after.size === 0) return false;
      before = reach(steps, after);
    }
    return before.has(steps.length);
  };
}

/** `*` and `?` can also match nothing. */
function reach(steps: readonly Step[], from: Set<number>): Set<number> {
  for (const index of from) {
    const kind = steps[index]?.kind;
    if (kind === 'any' || kind === 'maybe') from.add(index + 1); // a set that grows is walked to its new end
  }
  return from;
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === '\\') {
      escaped = true;
      continue;
    }
    if (escaped || (character !== '*' && character !== '?')) steps.push({ kind: 'character', character });
    else if (character === '?') steps.push({ kind: 'maybe' });
    else if (steps.at(-1)?.kind !== 'any') steps.push({ kind: 'any' });
    escaped = false;
  }
  // A backslash at the end matches itself.
  if (escaped) steps.push({ kind: 'character', character: '\\' });
  return steps;
}
