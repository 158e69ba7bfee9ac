import path from 'node:path';
import { InvalidInputError, movePlanText, type MovePlan } from '@postern/core';
import type { Invocation } from '../invocation.js';
import { assumptionsOf } from '../migrate/assumptions.js';
import { acceptedOf, askedForMove, switchOptions, type MoveOptions } from '../migrate/move-options.js';
import { namedRequest, openMoves, type OpenMoves } from '../migrate/open-moves.js';
import { displayLines } from '../output/display-lines.js';
import { note, printJson } from '../output/print.js';
import type { Io } from '../process/io.js';

/**
 * `postern migrate plan`: what a move does, in which order, and what must be done first. The exit status is 3 where it
 * must not start.
 */
export async function run({ io, args, options }: Invocation<MoveOptions>): Promise<number> {
  if (args.length > 0) {
    throw new InvalidInputError('INVALID_INPUT', `unexpected argument ${JSON.stringify(args[0])}`, {
      remedy: 'Use options instead.',
    });
  }
  const { plan, open } = await planNow(io, options);
  if (options.output !== undefined) {
    const { writeTextFile } = await import('@postern/core/node');
    await writeTextFile(path.resolve(io.cwd, options.output), `${JSON.stringify(plan, undefined, 2)}\n`);
    note(io, `the plan is in ${options.output}`);
  }
  if (options.json === true) printJson(io, plan);
  else showMovePlan(io, plan, open, options);
  return plan.todos.length + plan.undecided.length > 0 ? 3 : 0;
}

/** Observes and plans what the options ask for; an open move of the journal keeps its plan. */
export async function planNow(
  io: Io,
  options: MoveOptions,
): Promise<{ readonly plan: MovePlan; readonly open: OpenMoves }> {
  const asked = askedForMove(options);
  const accept = acceptedOf(options);
  const assume = await assumptionsOf(io, options);
  const { provider = 'aws', region } = 'stage' in asked ? asked.stage : 'one' in asked ? asked.one : asked.all;
  const open = await openMoves(io, { provider, region }, options);
  const request = await namedRequest(open, asked);
  const plan = await open.moves.plan(request, {
    accept,
    assume,
    manage: options.manage,
    capture: options.output !== undefined,
  });
  return { plan, open };
}

/** Prints a plan for people. */
export function showMovePlan(io: Io, plan: MovePlan, { gate }: OpenMoves, options: MoveOptions): void {
  const [first] = plan.units;
  const traits = first && gate.driver.moves.traits(first.unit.gateway.kind);
  io.stdout.write(displayLines(movePlanText(plan, { ...switchOptions(options), traits })));
}
