import type { Verdict } from '../../../do/findings/finding.js';
import type { Missing } from '../../../do/world/views.js';
import type { End } from './end.js';
import type { PathCheckId, PathCode } from '../reasons/index.js';
import type { HopText } from '../reasons/reason.js';
import { missingText, unreadReasons, type Aside } from '../reasons/unread.js';
import type { Wanted } from './wanted.js';

/** The two ends of a path, and the port that is called. */
export interface Way {
  readonly from: End;
  readonly to: End;
  readonly port: number;
}

/**
 * The result of one hop. A step is created once for what decides (a rule, a route, an entry), and shared by all paths that it
 * decides. Its text is generated only on request.
 */
export interface PathStep {
  /** The check that reports it; `undefined` where another family does. */
  readonly check: PathCheckId | undefined;
  readonly hop: string;
  readonly verdict: Verdict;
  /** Set where only a part of the requested addresses is allowed. */
  readonly partly?: true | undefined;
  /** Set where nearly all calls succeed, and a few do not: it passes, and is reported as a warning. */
  readonly warns?: true | undefined;
  readonly describe: (way: Way) => HopText<PathCode>;
  /** The fact that is missing, where that is why it is unknown. */
  readonly missing?: Missing | undefined;
  /** The entries of a list that would allow the call. */
  readonly wants?: ((way: Way) => Wanted | undefined) | undefined;
  /** Where a target group has no target for calls: what blocks health checks of its targets. */
  readonly cause?: (() => HopText | undefined) | undefined;
}

/** A step of one trace, for output. */
export interface TracedHop extends HopText<PathCode> {
  readonly hop: string;
  readonly verdict: Verdict;
}

/** A step as a hop. */
export function hopOf(step: PathStep, way: Way): TracedHop {
  return { ...step.describe(way), hop: step.hop, verdict: step.verdict };
}

/**
 * A step about a fact that is missing.
 * @param aside what stops the packet under an assumption about the fact
 */
export function unknownStep(
  check: PathCheckId | undefined,
  hop: string,
  what: { readonly kind: string; readonly id: string },
  missing: Missing,
  aside?: () => Aside,
): PathStep {
  return {
    check,
    hop,
    verdict: 'unknown',
    missing,
    describe: () => {
      const assumed = aside?.();
      return {
        ...what,
        text: `not known: ${missingText(missing, assumed)}`,
        ...unreadReasons.NOT_READ({ missing, aside: assumed }),
      };
    },
  };
}

/** `fail` where a step stops the path, else `unknown` where one is, else `pass`. */
export function verdictOf(steps: readonly PathStep[]): Verdict {
  let verdict: Verdict = 'pass';
  for (const step of steps) {
    if (step.verdict === 'fail') return 'fail';
    if (step.verdict === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

/** Of several answers to one question the worst, the first of equals: all have to hold. */
export function worstOf<T extends { readonly verdict: Verdict }>(answers: readonly T[]): T | undefined {
  return (
    answers.find(({ verdict }) => verdict === 'fail') ??
    answers.find(({ verdict }) => verdict === 'unknown') ??
    answers[0]
  );
}
