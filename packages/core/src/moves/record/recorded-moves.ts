import type { JournalRecord } from '../../do/apply/journal.js';
import { membersOf, recordedRuns } from '../../do/apply/recorded-runs.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { commandsOf, type MovePlan } from '../plan/move-plan.js';
import { historyOf, WHOLE, type MoveHistory } from './history.js';
import { planIn } from './plan-parts.js';

/** States in which a move has ended: the same request is then a new move. */
const ENDED: ReadonlySet<unknown> = new Set(['finished', 'rolled-back', 'left']);

/** A move in a journal. */
export interface RecordedMove {
  readonly history: MoveHistory;
  /** How it ended; undefined: it is open. `left`: as it was, by its operator. */
  readonly ended?: 'finished' | 'rolled-back' | 'left' | undefined;
  /** The last record's time. */
  readonly at: string;
  /** With those of its runs' beginnings. */
  readonly records: readonly JournalRecord[];
}

/** A move that is being read. `isCut`: a run of it has no end. */
interface FoundMove {
  readonly plan: MovePlan;
  readonly all: JournalRecord[];
  ended?: RecordedMove['ended'];
  at: string;
  isCut: boolean;
}

/** All moves of a journal, oldest first; of each request the newest last. */
export function movesIn(records: readonly JournalRecord[]): readonly RecordedMove[] {
  const moves: FoundMove[] = [];
  for (const { begin, end, records: own } of recordedRuns(records)) {
    const { move, planParts, reopens } = membersOf(begin?.value);
    if (begin === undefined || typeof move !== 'string') continue;

    const isOpen = (one: FoundMove): boolean =>
      one.plan.move === move && (one.ended === undefined || (reopens === true && one.ended === 'rolled-back'));
    const open = planParts === undefined ? moves.findLast(isOpen) : undefined;
    const plan = open?.plan ?? planIn(begin, own);
    if (plan === undefined) continue;

    const found = open ?? { plan, all: [], at: begin.at, isCut: false };
    if (open === undefined) moves.push(found);
    found.all.push(...own);
    if (reopens === true) found.ended = undefined;
    if (own.length > 1) found.at = own.at(-1)?.at ?? found.at;
    found.isCut ||= end === undefined;
    const { state } = membersOf(end?.value);
    if (ENDED.has(state)) found.ended = state as RecordedMove['ended'];
  }
  const before: MovePlan[] = [];
  return moves.map(({ plan, all, ended, at, isCut }) => {
    const history = historyOf(plan, all, { id: idAfter(before, plan), continued: true });
    if (isCut) beginNext(history);
    before.push(plan);
    return { history, ended, at, records: all };
  });
}

/**
 * The end of a journal may be cut: a run without an end may have begun the step after its last record, so that step counts as begun.
 * What a step looks for before it changes anything has a record of its own.
 */
function beginNext({ plan, begun, begin, first }: MoveHistory): void {
  const next = (unit: string, known: unknown, step: string): void => {
    if (known !== undefined && !begun(unit, step)) begin(unit, step);
  };
  for (const { unit } of plan.units) {
    next(unit.id, first(unit.id, 'capture'), 'prepare');
    // A share is written first, and published then. Elsewhere the cloud shows whether a unit was sent.
    if (unit.shift !== undefined) next(unit.id, first(unit.id, 'prepare'), 'shift');
  }
  for (const { id } of plan.widen)
    next(WHOLE, first(WHOLE, `look for ${id}`) === false ? false : undefined, `add ${id}`);
}

/** Whether no later move of the journal has changed a gateway of this one: what the cloud shows is as this one left it. */
export function isLatest(moves: readonly RecordedMove[], move: RecordedMove): boolean {
  const own = new Set(move.history.plan.units.map(({ unit }) => unit.gateway.id));
  const later = moves.slice(moves.indexOf(move) + 1);
  return !later.some(({ history }) => history.plan.units.some(({ unit }) => own.has(unit.gateway.id)));
}

/** A repeated request is another move. */
function idAfter(before: readonly MovePlan[], { move }: MovePlan): string {
  const earlier = before.filter((one) => one.move === move).length;
  return earlier === 0 ? move : `${move}-${earlier + 1}`;
}

/** Whether a move is the one that is named: by its own ID, or by the ID that all moves of its request have. */
export function isNamed({ history: { id, plan } }: Pick<RecordedMove, 'history'>, move: string): boolean {
  return id === move || plan.move === move;
}

/** The open move of a request. */
export function openMove(records: readonly JournalRecord[], move: string): RecordedMove | undefined {
  return openOf(movesIn(records), move);
}

/** The same. @throws {PosternError} `MOVE_ENDED` */
export function requireOpen(records: readonly JournalRecord[], move: string): RecordedMove {
  const moves = movesIn(records);
  const open = openOf(moves, move);
  if (open === undefined) throw ended(moves, move);

  return open;
}

function openOf(moves: readonly RecordedMove[], move: string): RecordedMove | undefined {
  return moves.findLast((one) => one.ended === undefined && isNamed(one, move));
}

/** The history of a move that begins now. */
export function newHistory(plan: MovePlan, moves: readonly RecordedMove[]): MoveHistory {
  const before = moves.map(({ history }) => history.plan);
  return historyOf(plan, [], { id: idAfter(before, plan), continued: false });
}

/**
 * The history with which a run of a plan begins: that of the move that is open, or a new one.
 * @throws {PosternError} `MOVE_OPEN`, `MOVE_ENDED`
 */
export function historyOfRun(plan: MovePlan, moves: readonly RecordedMove[]): MoveHistory {
  const open = openOf(moves, plan.move)?.history;
  if (open !== undefined) return continued(open, plan);

  requireAlone(moves, plan);
  return newHistory(plan, moves);
}

/** A move that is open is continued with its own plan. */
function continued(history: MoveHistory, plan: MovePlan): MoveHistory {
  if (plan.fingerprint !== history.plan.fingerprint) {
    throw new PosternError('MOVE_OPEN', `move ${plan.move} is open with the plan of ${history.plan.takenAt}`, {
      remedy: 'Run it without a plan file to continue it, or roll it back.',
    });
  }
  if (history.last(WHOLE, 'abort') !== undefined) {
    throw new PosternError('MOVE_ENDED', 'the move was aborted where it stood', {
      remedy: 'Finish what has moved, or roll it back; then plan again.',
    });
  }

  return history;
}

/**
 * Refuses a move of gateways that another open move of the journal moves.
 * @throws {PosternError} `MOVE_OPEN`
 */
export function requireAlone(moves: readonly RecordedMove[], plan: MovePlan): void {
  const own = new Set(plan.units.map(({ unit }) => unit.gateway.id));
  for (const { history, ended } of moves) {
    const { plan: other } = history;
    if (ended !== undefined || other.move === plan.move) continue;

    const shared = other.units.find(({ unit }) => own.has(unit.gateway.id));
    if (shared === undefined) continue;

    throw new PosternError(
      'MOVE_OPEN',
      `${shared.name} is in the open move ${history.id} from ${other.from.id} to ${other.to.id}`,
      { remedy: exitsOf(history), details: { move: history.id } },
    );
  }
}

/** The commands that know this move, and end it. */
function exitsOf({ id, plan }: MoveHistory): string {
  const { status, finish, rollback, leave } = commandsOf(plan);
  return (
    `See \`postern ${status} ${id}\`. \`postern ${finish} ${id}\` finishes it, \`postern ${rollback} ${id}\` returns it, ` +
    `and \`postern ${leave} ${id}\` ends it as it is.`
  );
}

/** The error for a move that is not open. */
export function ended(moves: readonly RecordedMove[], move: string): PosternError {
  const last = moves.findLast((one) => isNamed(one, move));
  if (last?.ended === undefined) {
    return new PosternError('MOVE_ENDED', `move ${move} is not in this journal`, {
      remedy: 'Run the command in the folder in which the move was run.',
    });
  }

  const { from, to } = last.history.plan;
  if (last.ended === 'left') {
    return new PosternError('MOVE_ENDED', `the move from ${from.id} to ${to.id} was left as it was at ${last.at}`, {
      remedy: 'Plan a new move.',
      details: { state: 'left' },
    });
  }

  return last.ended === 'finished'
    ? new PosternError('MOVE_ENDED', `the move from ${from.id} to ${to.id} was finished at ${last.at}`, {
        remedy: `To return, plan a new move from ${to.id} to ${from.id}.`,
        details: { state: 'finished' },
      })
    : new PosternError('MOVE_ENDED', `the move from ${from.id} to ${to.id} was rolled back at ${last.at}`, {
        remedy: `\`postern ${commandsOf(last.history.plan).status} ${move}\` shows where its units are.`,
        details: { state: 'rolled-back' },
      });
}

/**
 * Plans a move. Where nothing is left to move, since an earlier process finished it, the error says that: a process that
 * was killed may have finished the move without saying so.
 * @throws {PosternError} `MOVE_ENDED`, with `details.state` `finished`
 */
export async function unlessFinished<T>(
  records: () => Promise<readonly JournalRecord[]>,
  move: string,
  plan: () => Promise<T>,
): Promise<T> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;

    const last = movesIn(await records()).findLast((one) => isNamed(one, move));
    throw last?.ended === 'finished' ? ended([last], move) : error;
  }
}

/** The plans of the moves in a journal, oldest first, with the ID of each move, and how it ended: those that are open have no end. */
export function plansIn(
  records: readonly JournalRecord[],
): readonly { readonly id: string; readonly plan: MovePlan; readonly ended?: RecordedMove['ended'] }[] {
  return movesIn(records).map(({ history: { id, plan }, ended }) => ({ id, plan, ended }));
}

/** The records of moves that have not ended: a later run, or a return, needs all of them. */
export function openMoveRecords(records: readonly JournalRecord[]): readonly JournalRecord[] {
  return movesIn(records).flatMap(({ ended, records: own }) => (ended === undefined ? own : []));
}
