import { defined, InvalidInputError } from '@postern/core/internal/adapter';
import { readMovePlan, refuseOpenPlan, type MovePlan } from '@postern/core/internal/moves';
import { counted, displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { requireFreeMovesJournal } from '../../apply/journal.js';
import type { Invocation } from '../../invocation.js';
import { analysisOf } from '../../migrate/analysis.js';
import { assumptionsOf } from '../../migrate/reports.js';
import { acceptedOf, optionText, switchOptions, type RunOptions } from '../../migrate/migrate-options.js';
import {
  openMovesOf,
  type OpenMoves,
  moveNamed,
  onlyOpen,
  recordedMoves,
  unlessEnded,
  showMove,
} from '../../migrate/moves.js';
import { printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readFile } from '../../process/read-file.js';
import { mistakenFile } from '../../spec/mistaken-file.js';
import { planNow, showMovePlan } from './migrate-plan.js';

/**
 * `postern migrate run`: plans and carries out a move; with `--plan`, exactly the saved plan or nothing. Without a request it
 * continues the open move of the folder. The exit status
 * is 3 where to-dos are open or an error is undecided, and nothing was changed then.
 */
export function run(invocation: Invocation<RunOptions>): Promise<number> {
  return unlessEnded(invocation.io, 'finished', () => carryOut(invocation));
}

async function carryOut({ io, args: [move], options }: Invocation<RunOptions>): Promise<number> {
  requireAnswer(io, options, 'Review the plan with `postern migrate plan`, then add --yes.');
  await requireFreeMovesJournal(io.cwd);
  const { plan, open } =
    options.plan === undefined
      ? ((await continued(io, move, options)) ?? (await planNow(io, options)))
      : await saved(io, options, options.plan);
  const json = options.json === true;
  if (!json) showMovePlan(io, plan, open, options);
  // Before anything has changed: to-dos that may be waited for are checked again by the run.
  if ((options.waitForTodos ?? 0) === 0 || plan.undecided.length > 0) refuseOpenPlan(plan);
  if (options.yes !== true && !(await confirm(questionOf(plan, open.simulator)))) {
    printLines(io, 'Nothing was changed.');
    return 1; // not done: `postern migrate run && …` must not go on
  }

  const { analysis, maxErrorRate, waitForTodos, autoRollback, finish, probePath } = options;
  const events = open.moves.run(plan, {
    ...switchOptions(options),
    accept: await acceptedOf(io, options),
    assume: await assumptionsOf(io, options),
    maxErrorRate,
    waitMs: waitForTodos,
    autoRollback,
    finish,
    ...(analysis === undefined ? {} : { analysis: analysisOf(analysis) }),
    callGateway: open.callGateway,
    ...defined({ probePath }),
  });
  return (await showMove(io, events, json)).status;
}

/** The move that is continued: the one that is named, or without a request the only open one of this folder. */
async function continued(io: Io, move: string | undefined, options: RunOptions): Promise<Chosen | undefined> {
  if (move !== undefined) refuseRequest(options, 'the ID of a move');
  else if (requestGiven(options) !== undefined) return undefined;
  const moves = await recordedMoves(io);
  if (move === undefined && moves.length === 0) return undefined;

  const { plan } = move === undefined ? onlyOpen(moves) : moveNamed(moves, move);
  return { plan, open: await openMovesOf(io, plan, options) };
}

async function saved(io: Io, options: RunOptions, file: string): Promise<Chosen> {
  refuseRequest(options, 'a saved plan');
  const plan = await readPlan(io, file);
  return { plan, open: await openMovesOf(io, plan, options) };
}

/** Reads a saved plan. */
export async function readPlan(io: Io, file: string): Promise<MovePlan> {
  const { PLAN_MAX_BYTES } = await import('@postern/core/internal/node');
  const text = await readFile(io, file, { maxBytes: PLAN_MAX_BYTES });
  try {
    return readMovePlan(text, { file });
  } catch (error) {
    throw mistakenFile(text, file, 'a plan of a move') ?? error;
  }
}

/** A plan that is carried out unchanged, and its place. */
interface Chosen {
  readonly plan: MovePlan;
  readonly open: OpenMoves;
}

/** What decides the content of a plan: the first option of it that is given. */
function requestGiven(options: RunOptions): string | undefined {
  const { group, api, route, restApi, stage, targetBalancer, from, to, manage } = options;
  const given = Object.entries({ group, api, route, restApi, stage, targetBalancer, from, to, manage });
  return given.find(([, value]) => value !== undefined)?.[0];
}

/** A plan that exists is carried out unchanged. */
function refuseRequest(options: RunOptions, beside: string): void {
  const given = requestGiven(options);
  if (given === undefined) return;

  throw new InvalidInputError('INVALID_INPUT', `${optionText(given)} is not allowed with ${beside}`, {
    remedy: 'Leave it out, or plan again.',
  });
}

function questionOf({ units, widen, from, to, provider, region, account }: MovePlan, simulator: string | undefined) {
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  const added = widen.length === 0 ? '' : ` and add ${counted(widen.length, 'entry', 'entries')}`;
  return displayText(
    `Move ${counted(units.length, 'unit')} from ${from.id} to ${to.id}${added} in ${provider} ${region}, account ${account}${where}?`,
  );
}
