import type { Verdict } from '../../../do/findings/finding.js';
import { hopOf, verdictOf, type PathStep, type TracedHop, type Way } from './step.js';

/** A step that a trace took, and between which ends. */
export interface TracedStep {
  readonly step: PathStep;
  readonly way: Way;
}

/** One trace, from one source of calls to one address and port. */
export interface PathTrace {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  /** In the order of the path, up to the first that stops it. */
  readonly taken: readonly TracedStep[];
  /** Set where it ends early because the rest of the path is unknown and was not evaluated. */
  readonly cut?: true | undefined;
}

/**
 * The trace of some steps, without those after the first that stops it. `isWhole`: whether the steps are complete.
 */
export function createTrace(from: string, to: string, taken: readonly TracedStep[], isWhole: boolean): PathTrace {
  const stop = taken.findIndex(({ step }) => step.verdict === 'fail');
  const kept = stop === -1 ? taken : taken.slice(0, stop + 1);
  const trace = { from, to, verdict: verdictOn(kept), taken: kept };
  return isWhole || stop !== -1 ? trace : { ...trace, cut: true };
}

/** The hops of a trace. */
export function hopsOn({ taken }: PathTrace): readonly TracedHop[] {
  return taken.map(({ step, way }) => hopOf(step, way));
}

/** The verdict of some steps of a trace. */
export function verdictOn(taken: readonly TracedStep[]): Verdict {
  return verdictOf(taken.map(({ step }) => step));
}

/** Whether something stops the trace already. */
export function isStopped(taken: readonly TracedStep[]): boolean {
  return taken.some(({ step }) => step.verdict === 'fail');
}
