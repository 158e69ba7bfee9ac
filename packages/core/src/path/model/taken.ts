import type { Verdict } from '../../findings/finding.js';
import { toldHop, verdictOf, type Step, type ToldHop, type Way } from './step.js';

/** A step that a walk took, and between which ends. */
export interface Taken {
  readonly step: Step;
  readonly way: Way;
}

/** One walk, from one source of calls to one address and port. */
export interface Walk {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  /** In the order of the path, up to the first that stops it. */
  readonly taken: readonly Taken[];
  /** Set where it ends early because the rest of the path is unknown and was not evaluated. */
  readonly cut?: true | undefined;
}

/**
 * The walk of some steps, without those after the first that stops it. `isWhole`: whether the steps are complete.
 */
export function createWalk(from: string, to: string, taken: readonly Taken[], isWhole: boolean): Walk {
  const stop = taken.findIndex(({ step }) => step.verdict === 'fail');
  const kept = stop === -1 ? taken : taken.slice(0, stop + 1);
  const walk = { from, to, verdict: verdictOn(kept), taken: kept };
  return isWhole || stop !== -1 ? walk : { ...walk, cut: true };
}

/** The hops of a walk. */
export function hopsOn({ taken }: Walk): readonly ToldHop[] {
  return taken.map(({ step, way }) => toldHop(step, way));
}

/** The verdict of some steps of a walk. */
export function verdictOn(taken: readonly Taken[]): Verdict {
  return verdictOf(taken.map(({ step }) => step));
}

/** Whether something stops the walk already. */
export function isStopped(taken: readonly Taken[]): boolean {
  return taken.some(({ step }) => step.verdict === 'fail');
}
