import type { JournalRecord } from '../do/apply/journal.js';
import type { ShiftCaptured } from '../do/move-driver.js';
import { isThere } from '../do/plan/notes/moved-notes.js';
import type { Plan, Step } from '../do/plan/plan.js';
import { PosternError } from '../ground/errors.js';
import { commandsOf, isShift } from './plan/move-plan.js';
import { movesIn, type RecordedMove } from './record/recorded-moves.js';

/** A route that a plan changes. */
type ChangedRoute = {
  readonly gatewayRef?: { readonly id: string } | undefined;
  readonly routeId?: string | undefined;
  readonly target?: { readonly id: string } | undefined;
};

/** For so long after a shift a plan that returns its calls is taken for one of a spec that was not edited. */
const RECENT_MS = 24 * 3_600_000;

/**
 * Refuses a plan of `apply` that would give the calls of an open shift to another target in one step, or those of one that was promoted
 * in the last day to its former target: the spec was not edited then.
 * @param nowMs the cloud's time
 * @throws {PosternError} `MOVE_OPEN`, `MOVE_ENDED`
 */
export function refuseShifted(plan: Plan, records: readonly JournalRecord[], nowMs: number): void {
  const moves = movesIn(records).filter(({ history }) => isShift(history.plan.request));
  for (const move of moves.filter(({ ended }) => ended === undefined)) {
    const changed = stepsOf(plan, move).find((step) => changes(step, move));
    if (changed !== undefined) throw openError(move, changed);
  }
  const isRecent = ({ at, ended }: RecordedMove) => ended === 'finished' && nowMs - Date.parse(at) < RECENT_MS;
  // A later shift may have returned the calls: only the last one of the same routes counts.
  const seen = new Set<string>();
  for (const move of moves.toReversed().filter(isRecent)) {
    const changed = stepsOf(plan, move).find((step) => !seen.has(placeOf(step)) && undoes(step, move));
    if (changed !== undefined) throw undoneError(move, changed);

    for (const step of stepsOf(plan, move)) if (changes(step, move)) seen.add(placeOf(step));
  }
}

function stepsOf({ units }: Plan, { history: { plan } }: RecordedMove): readonly Step[] {
  return units.filter((unit) => isThere(unit, plan)).flatMap((unit) => unit.steps);
}

function placeOf({ input }: Step): string {
  const { gatewayRef, routeId } = input as ChangedRoute;
  return `${gatewayRef?.id} ${routeId}`;
}

/** Whether a step gives calls of a shift to one of the targets that it took them from. */
function undoes(step: Step, move: RecordedMove): boolean {
  const { target } = step.input as ChangedRoute;
  const captured = Object.values(move.history.plan.captured ?? {}) as readonly unknown[] as readonly ShiftCaptured[];
  const former = captured.flatMap(({ from }) => from.map(({ id }) => id));
  const isRetargeted = step.kind === 'retarget' && step.changes?.some(({ field }) => field === 'target') === true;
  return isRetargeted && changes(step, move) && former.some((id) => isOf(target?.id, id));
}

/** Whether a target is one that a shift names: it names a service, and a route a port of it. */
function isOf(target: string | undefined, id: string): boolean {
  return target === id || target?.startsWith(`${id}:`) === true;
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

function undoneError({ history: { id, plan }, at }: RecordedMove, { id: step }: Step): PosternError {
  const { from, to, request } = plan;
  const name = isShift(request) ? request.name : '';
  return new PosternError(
    'MOVE_ENDED',
    `shift ${id} from ${from.id} to ${to.id} was promoted at ${at}, and this plan would undo it in one step: ${step}`,
    {
      remedy: `Edit the target in integrations.${name} of the spec. To return the calls: \`postern shift run ${name} --to ${from.id}\`. A day after the shift this is not refused.`,
      details: { move: id },
    },
  );
}
