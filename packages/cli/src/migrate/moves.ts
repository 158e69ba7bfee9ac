import { PrivateIntegrations, InvalidInputError, PosternError, isPosternError } from '@postern/core/internal/library';
import {
  isShift,
  type LinkIdOf,
  type MovePlan,
  type MoveRequest,
  Moves,
  plansIn,
  type MoveEvent,
  type MoveResult,
} from '@postern/core/internal/moves';
import { openMovesJournal } from '../apply/journal.js';
import type { CommonOptions } from '../invocation.js';
import { findLink } from '../links/open-place.js';
import type { Io } from '../process/io.js';
import { openSession, type Session } from '../session/open-session.js';
import { requireRegionOf } from '../session/region-of-environment.js';
import { linkIdsBy, withLinkIds, type MigrateOptions, requestIn, type AskedMove } from './migrate-options.js';
import { displayText, counted } from '@postern/core/internal/report';
import { note, printLines } from '../output/print.js';
import { showSteps } from '../apply/show-steps.js';

/**
 * Shows a move while it happens, and says at its end where it stands. Returns the exit status: 1 where a step failed or
 * what was switched returned. `textOf` says where it stands.
 */
export async function showMove(
  io: Io,
  events: AsyncGenerator<MoveEvent, MoveResult, undefined>,
  json: boolean,
  textOf: (result: MoveResult) => string = standing,
  noun = 'Move',
): Promise<{ readonly status: number; readonly result: MoveResult | undefined }> {
  let result: MoveResult | undefined;
  try {
    await showSteps<MoveEvent, MoveResult>(io, events, {
      as: json ? 'json' : 'text',
      textsOf: (event) => {
        const isContinued = event.type === 'move.started' && event.continued === true;
        return isContinued ? [`${noun} ${event.move} is continued.`] : phaseText(event);
      },
      onResult: (ended) => (result = ended),
    });
  } finally {
    // Also after an interruption: the reader must know where the move stands.
    for (const text of result?.notes ?? []) note(io, text);
    if (result !== undefined && !json) {
      const { edits = [] } = result;
      if (edits.length > 0) printLines(io, noun === 'Shift' ? EDIT_TARGET : EDIT_LINK);
      printLines(io, ...edits.map((text) => `  ${displayText(text)}`), displayText(textOf(result)));
    }
  }
  const isDone = result !== undefined && result.state !== 'failed' && result.failures.length === 0;
  return { status: isDone ? 0 : 1, result };
}

/** `switch: 2 units from vlink1 to vlink2`: that a phase begins. */
export function phaseText(event: MoveEvent): readonly string[] {
  return event.type === 'move.phase' ? [`${event.phase}: ${event.message}`] : [];
}

const EDIT_LINK = 'Edit what declares the link, or the next run of that tool undoes the move:';
const EDIT_TARGET = 'Edit what declares the target, or the next run of that tool undoes the shift:';

/** `3 units are on apigateway-hz-2 …`: where the move stands, and what to do. */
function standing({ move, state, onNew, onOld, elsewhere, drainedAt, removed, usersOfOld }: MoveResult): string {
  const left = elsewhere.length === 0 ? '' : `, ${elsewhere.length} on neither`;
  const where = `${counted(onNew.length, 'unit')} on the new link, ${onOld.length} on the old one${left}`;
  const gone = removed.length === 0 ? '' : ` ${counted(removed.length, 'entry', 'entries')} removed.`;
  switch (state) {
    case 'draining':
      return `Moved: ${where}. Finish after ${drainedAt ?? 'the drain'}: postern migrate finish ${move}`;
    case 'finished': {
      const users = usersOfOld ?? [];
      const used =
        users.length === 0
          ? 'Nothing uses the old link any more.'
          : `The old link is still used by ${users.join(', ')}.`;
      return `Finished: ${where}.${gone} ${used}`;
    }
    case 'rolled-back':
      return `Rolled back: ${where}.${gone}`;
    case 'aborted':
      return `Aborted: ${where}. Keep it with postern migrate finish ${move}, or return with postern migrate rollback ${move}`;
    case 'left':
      return `Left as it is: ${where}. Nothing was changed, and nothing continues or returns it.`;
    case 'failed':
      return `Not done: ${where}. Continue with the same command, or return with postern migrate rollback ${move}`;
  }
}

/** A place in which gateways move, with the journal of the folder. */
export interface OpenMoves extends Session {
  readonly gate: PrivateIntegrations;
  readonly moves: Moves;
}

/** Opens the account and region of a request or of a plan. */
export async function openMoves(
  io: Io,
  place: {
    readonly provider: string;
    readonly region?: string | undefined;
    readonly account?: string | undefined;
    readonly assumeRole?: string | undefined;
  },
  { profile, debug }: { readonly profile?: string | undefined } & CommonOptions,
): Promise<OpenMoves> {
  const { provider, account, assumeRole } = place;
  const region = await requireRegionOf(io, provider, place.region);
  const session = await openSession(io, { debug, notesWaits: true });
  const driver = await session.drivers({ provider, region, profile, account, assumeRole });
  const journal = await openMovesJournal(io.cwd, io);
  const gate = new PrivateIntegrations(driver, { ...session.context, project: 'none', journal });
  return { ...session, gate, moves: new Moves(gate) };
}

/** The request with IDs in place of the names of links. */
export async function namedRequest({ gate, context }: OpenMoves, asked: AskedMove) {
  const idOf = linkIdsBy((name) => findLink({ gate, context }, name));
  return { ...(await requestWithIds(asked, idOf)), region: gate.driver.region };
}

/** The request with the IDs that names of links mean. */
export async function requestWithIds(asked: AskedMove, idOf: LinkIdOf): Promise<MoveRequest> {
  return requestIn(await withLinkIds(asked, idOf));
}

/** Opens the place of a plan. */
export function openMovesOf(
  io: Io,
  { provider, region, account }: Pick<MovePlan, 'provider' | 'region' | 'account'>,
  options: Pick<MigrateOptions, 'profile'> & CommonOptions,
): Promise<OpenMoves> {
  return openMoves(io, { provider, region, account }, options);
}

/** A move in the journal of a folder; without an end it is open. */
export interface FolderMove {
  readonly id: string;
  readonly plan: MovePlan;
  readonly ended?: 'finished' | 'rolled-back' | 'left' | undefined;
}

/** Which commands are meant: shifts are in the journal of moves, and have commands of their own. */
export type MoveCommands = 'migrate' | 'shift';

/** All moves and shifts of the current folder, oldest first. */
export async function recordedMoves(io: Io): Promise<readonly FolderMove[]> {
  return plansIn(await (await openMovesJournal(io.cwd, io)).read());
}

/** The moves, or the shifts. */
export function movesOf(all: readonly FolderMove[], of: MoveCommands): readonly FolderMove[] {
  return all.filter(({ plan }) => isShift(plan.request) === (of === 'shift'));
}

/** The newest move with an ID: its own, or the one that all moves of its request have. @throws {PosternError} `MOVE_ENDED` */
export function moveNamed(all: readonly FolderMove[], move: string, of: MoveCommands = 'migrate'): FolderMove {
  const found = all.findLast(({ id, plan }) => id === move || plan.move === move);
  const is = found !== undefined && isShift(found.plan.request) ? 'shift' : 'migrate';
  if (found !== undefined && is === of) return found;
  if (found !== undefined) {
    const noun = is === 'shift' ? 'a shift' : 'a move to another link';
    throw new PosternError('MOVE_ENDED', `${displayText(move)} is ${noun}`, {
      remedy: `Its commands are those of \`postern ${is}\`: see \`postern ${is} status ${displayText(move)}\`.`,
    });
  }

  throw new PosternError('MOVE_ENDED', `move ${displayText(move)} is not in the journal of this folder`, {
    remedy: `Run the command in the folder in which the move was run; \`postern ${of} status\` lists its moves.`,
  });
}

/**
 * The only open move of a folder.
 * @throws {PosternError} `MOVE_ENDED` where none is open, with `details.state` of the last one. {InvalidInputError} `AMBIGUOUS`
 */
export function onlyOpen(all: readonly FolderMove[], of: MoveCommands = 'migrate'): FolderMove {
  const noun = of === 'shift' ? 'shift' : 'move';
  const moves = movesOf(all, of);
  const open = moves.filter(({ ended }) => ended === undefined);
  const [only] = open;
  if (only !== undefined && open.length === 1) return only;
  if (only === undefined) {
    const last = moves.at(-1);
    const how = last?.ended === undefined ? '' : `; the last one was ${ENDS[last.ended]}`;
    throw new PosternError('MOVE_ENDED', `no ${noun} is open in the journal of this folder${how}`, {
      remedy: `Run the command in the folder in which the ${noun} was run, or plan a new one.`,
      details: { state: last?.ended },
    });
  }

  const named = open.map(({ id, plan: { from, to } }) => `${id} (${from.id} to ${to.id})`);
  throw new InvalidInputError('AMBIGUOUS', `several ${noun}s are open: ${named.join(', ')}`, {
    remedy: 'Write the ID of one of them after the command.',
  });
}

/** Where no move is open: the ID of the last one, if it was rolled back. The cloud may show that it has to return again. */
export async function lastReturned(io: Io, of: MoveCommands = 'migrate'): Promise<string | undefined> {
  const moves = movesOf(await recordedMoves(io), of);
  const last = moves.at(-1);
  return last?.ended === 'rolled-back' && moves.every(({ ended }) => ended !== undefined) ? last.id : undefined;
}

const ENDS = { finished: 'finished', 'rolled-back': 'rolled back', left: 'left as it was' } as const;

/**
 * The exit status of a command of a move. The same command continues a process that was killed; that one may have come to
 * the end, and then nothing is left to do.
 */
export async function unlessEnded(
  io: Io,
  state: 'finished' | 'rolled-back' | 'left',
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!isPosternError(error, 'MOVE_ENDED') || error.details?.['state'] !== state) throw error;

    note(io, `${error.message}: nothing is left to do`);
    return 0;
  }
}

/** Until when a move is watched, since a process did not end. */
export function watchLines(watchedUntil: string | undefined): string[] {
  if (watchedUntil === undefined) return [];

  return [`  watched until ${watchedUntil}: a process did not end, and what it sent may take effect until then`];
}
