import type { MovePlan } from '@postern/core/internal/moves';
import { displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { assumptionsOf, statusLines } from '../../migrate/reports.js';
import { acceptedOf } from '../../migrate/migrate-options.js';
import {
  movesOf,
  openMovesOf,
  type OpenMoves,
  lastReturned,
  moveNamed,
  onlyOpen,
  recordedMoves,
  unlessEnded,
  showMove,
} from '../../migrate/moves.js';
import { specEdit, writeSpec } from '../../migrate/edit-spec.js';
import { printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readPlan } from './migrate-run.js';

/** `postern migrate status`: where the moves of this folder stand, as the clouds show it now. */
export async function status({ io, args: [move], options }: CallOf<typeof grammar.status>): Promise<number> {
  const all = await recordedMoves(io);
  // One of each request: its moves are shown together.
  const asked = new Map(
    (move === undefined ? movesOf(all, 'migrate') : [moveNamed(all, move)]).map(({ plan }) => [plan.move, plan]),
  );
  const rows = [];
  for (const plan of asked.values()) {
    const { moves } = await openMovesOf(io, plan, options);
    rows.push(...(await moves.status(move ?? plan.move)));
  }
  if (options.json === true) printJson(io, { moves: rows });
  else if (rows.length === 0) printLines(io, 'No moves in the journal of this folder.');
  else printLines(io, ...rows.flatMap((row) => statusLines(row)));
  return 0;
}

/** `postern migrate rollback`: returns to the state before the move. */
export function rollback(invocation: CallOf<typeof grammar.rollback>): Promise<number> {
  return unlessEnded(invocation.io, 'rolled-back', () => goBack(invocation));
}

async function goBack({ io, args: [move], options }: CallOf<typeof grammar.rollback>): Promise<number> {
  const given = options.plan === undefined ? undefined : await readPlan(io, options.plan);
  const named = given?.move ?? move ?? (await lastReturned(io));
  const { plan, open } = await chosen(io, named, options, given);
  if (!(await agreed(plan, options, `Return ${plan.units.length} units from ${plan.to.id} to ${plan.from.id}?`))) {
    return notDone(io);
  }

  const { drain, despiteErrors } = options;
  const how = {
    drainMs: drain,
    force: despiteErrors,
    accept: await acceptedOf(io, options),
    assume: await assumptionsOf(io, options),
  };
  const events = open.moves.rollback(given ?? plan.move, how);
  return (await showMove(io, events, options.json === true)).status;
}

/** `postern migrate finish`: after the drain, removes what only the old link needed. */
export function finish(invocation: CallOf<typeof grammar.finish>): Promise<number> {
  return unlessEnded(invocation.io, 'finished', () => end(invocation));
}

async function end({ io, args: [move], options }: CallOf<typeof grammar.finish>): Promise<number> {
  const { plan, open } = await chosen(io, move, options);
  if (!(await agreed(plan, options, `Finish the move from ${plan.from.id} to ${plan.to.id}?`))) return notDone(io);

  const edit = options.write === true ? await specEdit(io, options.spec, plan) : undefined;
  const json = options.json === true;
  const { status } = await showMove(io, open.moves.finish(plan.move, { wait: options.wait }), json);
  if (status === 0 && edit !== undefined) await writeSpec(io, edit, json);
  return status;
}

/** `postern migrate abort`: ends a move where it stands. */
export async function abort({ io, args: [move], options }: CallOf<typeof grammar.abort>): Promise<number> {
  const { plan, open } = await chosen(io, move, options);
  if (!(await agreed(plan, options, `End the move from ${plan.from.id} to ${plan.to.id} where it stands?`))) {
    return notDone(io);
  }

  return (await showMove(io, open.moves.abort(plan.move), options.json === true)).status;
}

/** `postern migrate leave`: ends a move as it is, and changes nothing in the cloud. */
export function leave(invocation: CallOf<typeof grammar.leave>): Promise<number> {
  return unlessEnded(invocation.io, 'left', () => leaveIt(invocation));
}

async function leaveIt({ io, args: [move], options }: CallOf<typeof grammar.leave>): Promise<number> {
  const { plan, open } = await chosen(io, move, options);
  if (!(await agreed(plan, options, `Leave the move from ${plan.from.id} to ${plan.to.id} as it is, for good?`))) {
    return notDone(io);
  }

  return (await showMove(io, open.moves.leave(plan.move), options.json === true)).status;
}

/** The move that was named; without a name, the only open one of this folder. */
async function chosen(
  io: Io,
  move: string | undefined,
  options: CallOf<typeof grammar.abort>['options'],
  given?: MovePlan,
): Promise<{ readonly plan: MovePlan; readonly open: OpenMoves }> {
  const moves = given === undefined ? await recordedMoves(io) : [];
  const plan = given ?? (move === undefined ? onlyOpen(moves) : moveNamed(moves, move)).plan;
  requireAnswer(io, options, 'See `postern migrate status`, then add --yes.');
  return { plan, open: await openMovesOf(io, plan, options) };
}

async function agreed(plan: MovePlan, { yes }: OptionsOf<typeof grammar.abort>, question: string): Promise<boolean> {
  return yes === true || confirm(displayText(`${question} (${plan.provider} ${plan.region}, account ${plan.account})`));
}

function notDone(io: Io): number {
  printLines(io, 'Nothing was changed.');
  return 1;
}
