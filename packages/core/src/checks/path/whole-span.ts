import type { End } from './end.js';
import type { Span } from './span.js';
import { worstOf, type Step } from './step.js';

/**
 * Asks about all addresses of an end at once. Where only a part of them gets through, the addresses in use decide, if they are
 * known: each of them has to get through.
 */
export function overEnd(end: End, ask: (span: Span) => Step): Step {
  const step = ask(end.span);
  if (step.partly === undefined || end.points === undefined || end.points.length === 0) return step;
  return worstOf(end.points.map(ask)) ?? step;
}

/** `10.0.1.0/25 gets through, 10.0.1.128/25 does not`: what to say of an end of which only a part gets through. */
export function partlyText(parts: readonly { readonly text: string; readonly passes: boolean }[]): string {
  const list = (passes: boolean): string => {
    const some = parts.filter((part) => part.passes === passes).map(({ text }) => text);
    return some.length > 3 ? `${some.slice(0, 3).join(', ')} and ${some.length - 3} more` : some.join(', ');
  };
  const [yes, no] = [list(true), list(false)];
  return `${yes} ${yes.includes(',') ? 'get' : 'gets'} through, ${no} ${no.includes(',') ? 'do' : 'does'} not`;
}
