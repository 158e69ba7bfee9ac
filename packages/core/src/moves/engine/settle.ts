import type { StepProgress } from '../../do/apply/step.js';
import { readUntil } from '../../do/apply/repeat.js';
import { UNSEEN_MS } from '../../do/model/read-bound.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { MoveState } from '../../do/move-driver.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { act, type MoveTools } from './tools.js';

/**
 * After a switch or a return: restores what the cloud overwrote, and compares. What cannot be restored is noted. Returns what callers
 * would notice, one sentence each. An answer that is older than the restoration shows differences that are gone: they count once no
 * answer can be so old.
 */
export async function settleUnit(
  tools: MoveTools,
  planned: PlannedUnit,
  state: MoveState,
  { at, report }: { readonly at: 'new' | 'old'; readonly report: StepProgress },
): Promise<readonly string[]> {
  const { moves } = tools.driver;
  const { unit } = planned;
  const when = at === 'old' ? ' after return' : '';
  const isEmpty = ({ length }: readonly string[]): boolean => length === 0;
  const verify = (ctx: CallContext) => readUntil(() => moves.verify(unit, state, ctx), isEmpty, UNSEEN_MS, ctx);
  const settled = await act(tools, unit.id, `settle${when}`, (ctx) => moves.settle(unit, state, at, ctx), { report });
  noteAll(tools, planned, settled, report);
  return act(tools, unit.id, `verify${when}`, verify, { report });
}

/** Shows texts of a unit, and keeps them for the result. */
export function noteAll(
  { notes }: MoveTools,
  { name }: PlannedUnit,
  texts: readonly string[],
  report: StepProgress,
): void {
  for (const text of texts) {
    const note = `${name}: ${text}`;
    if (notes.includes(note)) continue;

    report.progress(text);
    notes.push(note);
  }
}
