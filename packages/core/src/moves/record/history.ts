import type { JournalRecord } from '../../do/apply/journal.js';
import { defined } from '../../ground/defined.js';
import type { MoveState, MoveUnit } from '../../do/move-driver.js';
import { membersOf } from '../../do/apply/recorded-runs.js';
import type { Json } from '../../ground/json.js';
import type { MovePlan } from '../plan/move-plan.js';

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

export function historyOf(
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

/** The recorded state; undefined where nothing was captured, so nothing was changed. */
export function recordedState(
  { history: { first } }: { readonly history: MoveHistory },
  { id }: MoveUnit,
): MoveState | undefined {
  const captured = first(id, 'capture');
  return captured === undefined ? undefined : { captured, ...defined({ prepared: first(id, 'prepare') }) };
}

/** The answer in the outcome that a step records. */
function answerOf(value: Json | undefined): Json {
  const { ok, value: answer } = membersOf(value);
  return ok === true ? (answer ?? null) : (value ?? null);
}

function keyOf(unit: string, step: string): string {
  return JSON.stringify([unit, step]);
}

/** The phases of a move, in their order; `rollback` may follow each of them. */
export type MovePhase = 'widen' | 'probe' | 'switch' | 'verify' | 'drain' | 'finish' | 'rollback';
