import type { DriverWith } from '../../do/driver.js';
import type { MoveUnit, ShareWriter, ShiftCaptured } from '../../do/move-driver.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { memberOf } from '../../do/forms/values.js';
import { contextForm, driverForm } from '../../do/input/argument-forms.js';
import { InvalidInputError, PosternError, UnsupportedError } from '../../ground/errors.js';
import {
  MOVE_PLAN_VERSION,
  type DraftMovePlan,
  type MovePlan,
  type PlannedUnit,
  type ShiftRequest,
} from './move-plan.js';
import { identified } from './read-move-plan.js';

const requestArgument = memberOf<ShiftRequest>('what shiftRequest() returned', ['shift', 'to', 'steps']);

/**
 * Reads how calls are shared now, and plans a shift: one unit, whose share rises step by step. Changes nothing.
 * @throws {InvalidInputError} `INVALID_INPUT` for steps, and where the new target has all calls already; `NOT_FOUND`. {UnsupportedError}
 *   where the adapter cannot share such calls
 */
export async function planShift(
  driver: DriverWith<'moves'>,
  request: ShiftRequest,
  context: CallContext,
): Promise<MovePlan> {
  checkArgument('planShift', 'driver', driverForm, driver);
  checkArgument('planShift', 'request', requestArgument, request);
  checkArgument('planShift', 'context', contextForm, context);
  return identified(await draftShift(driver, request, context));
}

/** As {@link planShift}, for one that is compared with its plan. */
export async function draftShift(
  driver: DriverWith<'moves'>,
  request: ShiftRequest,
  context: CallContext,
): Promise<DraftMovePlan> {
  const { shift, to, name } = request;
  requireSteps(request.steps);
  if (!driver.moves.kinds.includes(shift.kind)) {
    throw new UnsupportedError(`calls of ${name} cannot be shifted: nothing shares the calls of kind ${shift.kind}`, {
      remedy: `Calls of these are shifted: ${driver.moves.kinds.filter((kind) => driver.moves.traits(kind).shift !== undefined).join(', ') || 'none'}.`,
    });
  }

  const { provider, region } = driver;
  const { account } = await driver.identity(context);
  const gateway = { kind: shift.kind, id: shift.id };
  const parts = shift.parts ?? [shift.part];
  const bare = parts.map((part): MoveUnit => {
    const shifted = { part, variables: shift.variables, to, steps: request.steps };
    const id = [shift.kind, shift.id, part ?? []].flat().join(' ');
    return { id, gateway, from: gateway, to: { kind: shift.kind, id: to }, shift: shifted };
  });
  // Each was made with a shift, so that this is what is captured.
  const captured = (await Promise.all(bare.map((unit) => driver.moves.capture(unit, context)))) as ShiftCaptured[];
  const [first] = captured;
  if (first === undefined) {
    throw new InvalidInputError('NOT_FOUND', `${name} has no route that exists, so no call is shifted`, {
      remedy: 'Run `postern apply`: it creates the routes.',
    });
  }

  // Parts that a process left with other shares are given the steps that are above their own: none goes from 0 to 100 %.
  const stepsOf = (at: number): readonly number[] =>
    request.steps.filter((percent) => percent > (captured[at]?.percent ?? 0));
  if (captured.every((_, at) => stepsOf(at).length === 0)) {
    throw new InvalidInputError('INVALID_INPUT', `all calls of ${name} use ${first.to.name} already`, {
      remedy: 'Name another target with --to.',
    });
  }

  const found = await Promise.all(bare.map((unit) => driver.moves.writer?.(unit, context)));
  const writers = found.flatMap((one) => one ?? []);
  const from = [...new Set(captured.flatMap((one) => one.from.map((target) => target.name)))];
  const ends = { from: { kind: first.kind, id: from.join(', ') }, to: { kind: first.kind, id: first.to.name } };
  const units = bare.map((unit, at): PlannedUnit => ({
    unit: { ...unit, ...ends, shift: unit.shift && { ...unit.shift, steps: stepsOf(at) } },
    name: parts.length === 1 ? name : `${name} (${shift.names?.[at] ?? unit.shift?.part ?? ''})`,
    probes: [],
  }));
  return {
    version: MOVE_PLAN_VERSION,
    kind: 'move',
    request,
    manage: [],
    takenAt: latestTime(context),
    provider,
    region,
    account,
    ...ends,
    units,
    widen: [],
    todos: [],
    undecided: [],
    findings: [],
    notes: [...new Set([...captured.flatMap(({ notes }) => notes), ...writers.map(writerNote)])],
    ...(writers.length > 0 && { writers }),
    captured: Object.fromEntries(bare.map(({ id }, at) => [id, captured[at] ?? null])),
  };
}

function writerNote(one: ShareWriter): string {
  return 'unread' in one
    ? `Whether the deployments of a service write these shares was not read: ${one.unread}.`
    : `The deployments of ${one.name} (${one.strategy}) write these shares, and do not look at what they are.`;
}

/**
 * Refuses a shift of shares that something else writes, unless that is accepted.
 * @throws {PosternError} `WEIGHTS_OWNED`
 */
export function refuseWritten({ writers = [] }: Pick<MovePlan, 'writers'>, despiteOwner: boolean | undefined): void {
  const owner = writers.find((one) => 'id' in one);
  if (owner === undefined || despiteOwner === true) return;

  const { id, name, strategy } = owner;
  throw new PosternError('WEIGHTS_OWNED', `the deployments of ${name} (${strategy}) write the shares of these calls`, {
    remedy: `Give the calls to new members by a deployment of ${name}. To shift them all the same: --despite-owner (\`despiteOwner\`).`,
    details: { owner: id, name, strategy },
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
