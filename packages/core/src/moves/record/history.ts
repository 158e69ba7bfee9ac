import type { JournalRecord } from '../../do/apply/journal.js';
import type { Json } from '../../ground/json.js';
import type { MovePlan } from '../plan/move-plan.js';
import { collectPlan } from './plan-parts.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';

/** The unit of steps that belong to a whole move. */
export const WHOLE = 'move';

/** How the names of steps begin that look where a unit is. */
export const LOOK = 'look';

/** What the journal shows of one move since it began: what was there before, and what Postern added. */
export interface MoveHistory {
  readonly plan: MovePlan;
  /** Unique in its journal: the plan's for the first move of a request, and `<plan's>-2` for the second one. */
  readonly id: string;
  /** The first answer of a step: what was captured is never captured again. */
  readonly first: (unit: string, step: string) => Json | undefined;
  readonly last: (unit: string, step: string) => Json | undefined;
  /** The last answer of a step that looked where a unit is. */
  readonly seen: (unit: string) => Json | undefined;
  /** Whether a step was begun, also where its end is not recorded. */
  readonly begun: (unit: string, step: string) => boolean;
  /** Adds a step that this process begins: it may have changed something also where it fails. */
  readonly begin: (unit: string, step: string) => void;
  /** Adds the answer of a step of this process. */
  readonly note: (unit: string, step: string, value: Json) => void;
  /** Whether a process has worked on it before. */
  readonly continued: boolean;
  /** All of it as steps, without the many looks at a unit: what `keptHistory` needs. */
  readonly steps: () => readonly KeptStep[];
}

/** A step of a move that was begun; with an answer: that was done. Plain JSON without secrets. */
export type KeptStep = { readonly unit: string; readonly step: string; readonly value?: Json };

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

/** All moves of a journal, oldest first; of each request the newest last. */
export function movesIn(records: readonly JournalRecord[]): readonly RecordedMove[] {
  const moves: {
    plan: MovePlan;
    own: JournalRecord[];
    all: JournalRecord[];
    runs: Set<string>;
    ended?: RecordedMove['ended'];
    at: string;
  }[] = [];
  const pending = new Map<string, ReturnType<typeof collectPlan>>();
  for (const record of records) {
    const { type, run, value } = record;
    const whole = type === 'after' ? pending.get(run)?.(record) : undefined;
    if (whole !== undefined) {
      moves.push({ ...whole, own: [], runs: new Set([run]), at: record.at });
      pending.delete(run);
      continue;
    }
    if (pending.has(run)) continue;
    if (type === 'run') {
      const { move, plan, planParts } = membersOf(value);
      if (typeof move !== 'string') continue;
      if (typeof planParts === 'number') {
        pending.set(run, collectPlan(record, planParts));
        continue;
      }
      const open = moves.findLast((one) => one.plan.move === move && one.ended === undefined);
      if (open !== undefined) {
        open.runs.add(run);
        open.all.push(record);
      } else if (plan !== undefined) {
        const ofRun = plan as unknown as MovePlan; // as the run wrote it
        moves.push({ plan: ofRun, own: [], all: [record], runs: new Set([run]), at: record.at });
      }
      continue;
    }
    const of = moves.findLast(({ runs }) => runs.has(run));
    if (of === undefined) continue;
    of.at = record.at;
    of.all.push(record);
    const { state } = membersOf(value);
    if (type === 'end' && ENDED.has(state)) of.ended = state as RecordedMove['ended'];
    else of.own.push(record);
  }
  const before: MovePlan[] = [];
  return moves.map(({ plan, own, all, ended, at }) => {
    const history = historyOf(plan, own, { id: idAfter(before, plan), continued: true });
    before.push(plan);
    return { history, ended, at, records: all };
  });
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
  return movesIn(records).findLast((one) => one.ended === undefined && isNamed(one, move));
}

/** The history of a move that begins now. */
export function newHistory(plan: MovePlan, records: readonly JournalRecord[]): MoveHistory {
  const before = movesIn(records).map(({ history }) => history.plan);
  return historyOf(plan, [], { id: idAfter(before, plan), continued: false });
}

/** The history of a move that an engine keeps: a new one, or one that has not ended. */
export function keptHistory(plan: MovePlan, kept: { readonly steps: readonly KeptStep[] } | undefined): MoveHistory {
  const records = (kept?.steps ?? []).map(({ unit, step, value }) => ({
    type: value === undefined ? ('before' as const) : ('after' as const),
    unit,
    step,
    value: value === undefined ? undefined : { ok: true, value },
  }));
  return historyOf(plan, records, { id: plan.move, continued: kept !== undefined });
}

function historyOf(
  plan: MovePlan,
  records: readonly Pick<JournalRecord, 'type' | 'unit' | 'step' | 'value'>[],
  { id, continued }: Pick<MoveHistory, 'id' | 'continued'>,
): MoveHistory {
  const first = new Map<string, Json>();
  const last = new Map<string, Json>();
  const seen = new Map<string, Json>();
  const begun = new Set<string>();
  const note = (unit: string, step: string, value: Json): void => {
    const key = keyOf(unit, step);
    begun.add(key);
    if (!first.has(key)) first.set(key, value);
    last.set(key, value);
    if (step.startsWith(LOOK)) seen.set(unit, value);
  };
  for (const { type, unit = '', step = '', value } of records) {
    if (type === 'before') begun.add(keyOf(unit, step));
    else if (type === 'after') note(unit, step, answerOf(value));
  }
  return {
    plan,
    id,
    continued,
    note,
    begin: (unit, step) => void begun.add(keyOf(unit, step)),
    first: (unit, step) => first.get(keyOf(unit, step)),
    last: (unit, step) => last.get(keyOf(unit, step)),
    seen: (unit) => seen.get(unit),
    begun: (unit, step) => begun.has(keyOf(unit, step)),
    steps: () => [
      ...[...begun].flatMap((key): readonly KeptStep[] => {
        const [unit, step] = JSON.parse(key) as [string, string];
        if (step.startsWith(LOOK)) return [];
        const answers = [first.get(key), last.get(key)].filter((value) => value !== undefined);
        if (answers.length === 0) return [{ unit, step }];
        return answers.map((value) => ({ unit, step, value }));
      }),
      ...[...seen].map(([unit, value]) => ({ unit, step: LOOK, value })),
    ],
  };
}

/** The answer in the outcome that a step records. */
function answerOf(value: Json | undefined): Json {
  const { ok, value: answer } = membersOf(value);
  return ok === true ? (answer ?? null) : (value ?? null);
}

function keyOf(unit: string, step: string): string {
  return JSON.stringify([unit, step]);
}

function membersOf(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json | undefined>>)
    : {};
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

/** The phases of a move, in their order; `rollback` may follow each of them. */
export type MovePhase = 'widen' | 'probe' | 'switch' | 'verify' | 'drain' | 'finish' | 'rollback';
