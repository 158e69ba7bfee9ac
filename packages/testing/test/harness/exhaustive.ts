import { replayed } from '../../src/harness/scenario.js';
import { nameOf, type Prepared, quickTrial } from '../../src/harness/fuzz.js';
import {
  CALL_FAULTS,
  CONDITIONS,
  KILLS,
  traceText,
  type CallFault,
  type EventKind,
  type TrialEvent,
} from '../../src/harness/trace.js';
import { trial } from '../../src/harness/trial/trial.js';
import type { TrialResult } from '../../src/harness/trial/trial-record.js';
import type { Deed } from '../../src/harness/trial/virtual-process.js';
import { isSpecWorld } from '../../src/harness/ground.js';

/**
 * Every event that a scenario can meet alone: each fault at each call, and each kill at each moment. Of what is not a spec also what a
 * process may have from a call on, such as a clock that was set, and a second operator.
 */
export function singleEvents(prepared: Prepared): readonly TrialEvent[] {
  const more: readonly EventKind[] = isSpecWorld(prepared) ? [] : [...CONDITIONS, 'twin'];
  return prepared.base.deeds.flatMap((deed, moment) => {
    const kinds: readonly EventKind[] = deed.is === 'call' ? [...kindsAt(deed), ...more] : kindsAt(deed);
    return kinds.map((kind) => ({ moment, kind }));
  });
}

/** Of all pairs of single events at two moments, one in `each`. */
export function pairsOfEvents(prepared: Prepared, each: number): readonly (readonly TrialEvent[])[] {
  const singles = singleEvents(prepared);
  const pairs: (readonly TrialEvent[])[] = [];
  let left = 0;
  for (const [at, first] of singles.entries()) {
    for (const second of singles.slice(at + 1)) {
      if (second.moment === first.moment) continue;

      if (left === 0) pairs.push([first, second]);
      left = left === 0 ? each - 1 : left - 1;
    }
  }
  return pairs;
}

function kindsAt(deed: Deed): readonly EventKind[] {
  if (deed.is !== 'call') return ['kill', 'kill-after'];

  const faults = (Object.keys(CALL_FAULTS) as CallFault[]).filter((kind) => kind !== 'stale' || deed.kind === 'read');
  return [...faults, ...KILLS];
}

/** A trace that violates an invariant. */
export interface TraceFailure {
  readonly trace: string;
  /** The operation of the first event, or what else the process did. */
  readonly at: string;
  readonly violation: NonNullable<TrialResult['violation']>;
}

/** Runs a trial for each trace, and returns those that violate an invariant. */
export async function tryAll(
  prepared: Prepared,
  traces: Iterable<readonly TrialEvent[]>,
): Promise<readonly TraceFailure[]> {
  const failures: TraceFailure[] = [];
  for (const events of traces) {
    if ((await quickTrial(prepared, replayed(events))).violation === undefined) continue;

    const { violation } = await trial(prepared, replayed(events));
    const deed = prepared.base.deeds[events[0]?.moment ?? 0];
    if (violation) failures.push({ trace: traceText(events), at: deed ? nameOf(deed) : '', violation });
  }
  return failures;
}
