import { fewText } from '../../ground/text/quantities.js';
import { type End, worstOf, type PathStep } from './model/step.js';
import { spanText, type Span } from './model/span.js';
import { allowedToday } from './reasons/reason.js';

/**
 * Evaluates all addresses of an end at once. Where only a part of them is allowed, the addresses in use decide whether calls succeed
 * now. That is never enough for a pass: links and application load balancers get other addresses of their subnets at any time.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function overEnd(end: End, ask: (span: Span) => PathStep): PathStep {
  const step = ask(end.span);
  const { points = [] } = end;
  if (step.partly === undefined) return step;

  const worst = worstOf(points.map(ask));
  if (worst === undefined) return step;

  return worst.verdict === 'pass' ? onlyToday(step, points) : worst;
}

/** The step where the current addresses are allowed, and others of their subnet are not. */
function onlyToday(step: PathStep, points: readonly Span[]): PathStep {
  return { ...step, describe: (way) => allowedToday(step.describe(way), points.map(spanText)) };
}

/** `10.0.1.0/25 is allowed, 10.0.1.128/25 is not`: for an end of which only a part is allowed. */
export function partlyText(parts: readonly { readonly text: string; readonly passes: boolean }[]): string {
  const list = (passes: boolean): string => {
    const some = parts.filter((part) => part.passes === passes).map(({ text }) => text);
    return fewText(some);
  };
  const [yes, no] = [list(true), list(false)];
  return `${yes} ${yes.includes(',') ? 'are' : 'is'} allowed, ${no} ${no.includes(',') ? 'are' : 'is'} not`;
}
