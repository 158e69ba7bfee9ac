import type { JournalRecord } from '../do/apply/journal.js';
import { isThere } from '../do/plan/notes/moved-notes.js';
import type { Plan, Step } from '../do/plan/plan.js';
import { PosternError } from '../ground/errors.js';
import { commandsOf, isShift } from './plan/move-plan.js';
import { movesIn, type RecordedMove } from './record/history.js';

/** A route that a plan changes. */
type ChangedRoute = {
  readonly gatewayRef?: { readonly id: string } | undefined;
  readonly routeId?: string | undefined;
};

/**
 * Refuses a plan of `apply` that would give the calls of an open shift to another target in one step.
 * @throws {PosternError} `MOVE_OPEN`
 */
export function refuseShifted(plan: Plan, records: readonly JournalRecord[]): void {
  for (const move of movesIn(records)) {
    if (!isShift(move.history.plan.request) || move.ended !== undefined) continue;
    const steps = plan.units.filter((unit) => isThere(unit, move.history.plan)).flatMap((unit) => unit.steps);
    const changed = steps.find((step) => changes(step, move));
    if (changed !== undefined) throw openError(move, changed);
  }
}

function changes({ kind, input }: Step, { history: { plan } }: RecordedMove): boolean {
  if (kind !== 'retarget' && kind !== 'delete') return false;
  const { gatewayRef, routeId } = input as ChangedRoute;
  return plan.units.some(
    ({ unit }) => unit.gateway.id === gatewayRef?.id && routeId !== undefined && unit.shift?.part === routeId,
  );
}

function openError({ history: { id, plan } }: RecordedMove, { id: step }: Step): PosternError {
  const { finish, rollback, status } = commandsOf(plan);
  const { from, to } = plan;
  return new PosternError(
    'MOVE_OPEN',
    `shift ${id} from ${from.id} to ${to.id} is open, and this plan would: ${step}`,
    {
      remedy: `End the shift first: \`postern ${finish} ${id}\` or \`postern ${rollback} ${id}\`; \`postern ${status} ${id}\` shows where it stands.`,
      details: { move: id },
    },
  );
}
