import { memoryJournal } from '@postern/core';
import { Moves, type MovePlan, type MoveResult } from '@postern/core/moves';
import type { AssumedFacts } from '@postern/core/spec';
import { progressLines } from '../apply/progress-lines.js';
import { acceptedOf, switchOptions, type MoveOptions } from '../migrate/move-options.js';
import { printLines } from '../output/print.js';
import { count } from '../output/quantities.js';
import type { Io } from '../process/io.js';
import type { RehearsalOptions } from './rehearse.js';
import type { RehearsedRun } from './print-rehearsal.js';
import type { Twin } from './twin.js';

/** The options of a rehearsed move. */
export type RehearseMoveOptions = RehearsalOptions & Omit<MoveOptions, 'snapshot'>;

/** The moves of the twin's account and region, with a journal in memory. */
export async function movesOf({ drivers, context }: Twin, place: { provider: string; region: string }): Promise<Moves> {
  return new Moves({ driver: await drivers(place), context, journal: memoryJournal() });
}

/** Runs a plan of a move on the twin, waits for the drain, and finishes it. */
export async function moveOnTwin(
  io: Io,
  twin: Twin,
  plan: MovePlan,
  options: RehearseMoveOptions,
  assume: AssumedFacts | undefined,
): Promise<RehearsedRun> {
  const isText = options.json !== true;
  const progress = isText ? progressLines(io) : undefined;
  if (isText) {
    const widened =
      plan.widen.length === 0 ? '' : `, ${count(plan.widen.length, 'entry is', 'entries are')} added first`;
    printLines(io, `Move of ${count(plan.units.length, 'unit')} from ${plan.from.id} to ${plan.to.id}${widened}`);
  }
  let result: MoveResult | undefined;
  const moves = await movesOf(twin, plan);
  const how = {
    ...switchOptions(options),
    accept: await acceptedOf(io, options),
    assume,
    finish: true,
    callGateway: twin.callGateway,
  };
  for await (const event of moves.run(plan, how)) {
    if (event.type === 'move.done') ({ result } = event);
    else if (event.type === 'move.phase') {
      if (isText) printLines(io, `${event.phase}: ${event.message}`);
    } else if (event.type !== 'move.started') progress?.event(event);
  }
  if (result === undefined) return { ok: false, summary: 'The run did not end.', failures: [] };
  const { state, onNew, onOld, failures, notes, usersOfOld = [] } = result;
  return {
    ok: state === 'finished',
    summary: `The move is ${state}: ${onNew.length} on ${plan.to.id}, ${onOld.length} on ${plan.from.id}.`,
    failures,
    notes: [...notes, ...usersOfOld.map((user) => `${plan.from.id} is still used by ${user}.`)],
  };
}
