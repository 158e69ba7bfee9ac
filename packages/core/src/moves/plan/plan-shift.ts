import type { Driver } from '../../do/driver.js';
import type { MoveUnit, ShiftCaptured } from '../../do/move-driver.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { InvalidInputError, UnsupportedError } from '../../ground/errors.js';
import { MOVE_PLAN_VERSION, type MovePlan, type ShiftRequest } from './move-plan.js';
import { moveId, withMoveFingerprint } from './read-move-plan.js';

/**
 * Reads how calls are shared now, and plans a shift: one unit, whose share rises step by step. Changes nothing.
 * @throws {InvalidInputError} `INVALID_INPUT` for steps, and where the new target has all calls already; `NOT_FOUND`. {UnsupportedError}
 *   where the adapter cannot share such calls
 */
export async function planShift(driver: Driver, request: ShiftRequest, context: CallContext): Promise<MovePlan> {
  const { shift, to, name } = request;
  requireSteps(request.steps);
  if (!driver.moves.kinds.includes(shift.kind)) {
    throw new UnsupportedError(`calls of ${name} cannot be shifted: its target is a ${shift.kind}`, {
      remedy: `Calls of these are shifted: ${driver.moves.kinds.filter((kind) => driver.moves.traits(kind).readyMs !== undefined).join(', ') || 'none'}.`,
    });
  }
  const { provider, region } = driver;
  const { account } = await driver.identity(context);
  const gateway = { kind: shift.kind, id: shift.id };
  const id = [shift.kind, shift.id, shift.part ?? []].flat().join(' ');
  const bare: MoveUnit = {
    id,
    gateway,
    from: gateway,
    to: { kind: shift.kind, id: to },
    shift: { part: shift.part, variables: shift.variables, to, steps: request.steps },
  };
  const captured = (await driver.moves.capture(bare, context)) as ShiftCaptured; // of a shift
  const steps = request.steps.filter((percent) => percent > captured.percent);
  if (steps.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', `all calls of ${name} use ${captured.to.name} already`, {
      remedy: 'Name another target with --to.',
    });
  }
  const ends = {
    from: { kind: captured.kind, id: captured.from.map((one) => one.name).join(', ') },
    to: { kind: captured.kind, id: captured.to.name },
  };
  const unit: MoveUnit = { ...bare, ...ends, shift: { part: shift.part, variables: shift.variables, to, steps } };
  return withMoveFingerprint({
    version: MOVE_PLAN_VERSION,
    kind: 'move',
    move: moveId({ provider, region, account }, request),
    request,
    manage: [],
    takenAt: latestTime(context),
    provider,
    region,
    account,
    ...ends,
    units: [{ unit, name, probes: [] }],
    widen: [],
    todos: [],
    undecided: [],
    findings: [],
    notes: captured.notes,
    captured: { [id]: captured },
  });
}

/** @throws {InvalidInputError} `INVALID_INPUT` */
function requireSteps(steps: readonly number[]): void {
  const isRising = steps.every((one, at) => Number.isInteger(one) && one > (steps[at - 1] ?? 0) && one <= 100);
  if (isRising && steps.at(-1) === 100) return;
  throw new InvalidInputError('INVALID_INPUT', `the steps are ${steps.join(', ') || 'none'}`, {
    remedy: 'Write whole shares in percent that rise to 100, such as 5,25,100.',
  });
}
