import { addCounts, type CallCounts } from '../ground/calls/step-context.js';
import { ifNumber, ifText, type Json } from '../ground/json.js';
import type { MovePlan } from './plan/move-plan.js';
import { movesIn } from './record/recorded-moves.js';
import type { JournalRecord } from '../do/apply/journal.js';
import { membersOf, recordedRuns, type RecordedRun } from '../do/apply/recorded-runs.js';

/** A step of a run, as its journal shows it. */
export interface LoggedStep {
  /** `link:main`; `poll:<provider>/<region>/<account>/<kind>` reads states of links for all units. */
  readonly unit: string;
  readonly step: string;
  readonly part?: string | undefined;
  readonly startedAt: string;
  /** A step is `unfinished` while it runs, and for ever where the process ended in it. */
  readonly outcome: 'done' | 'failed' | 'unfinished';
  readonly durationMs?: number | undefined;
  /** Missing where the journal is of an older version. */
  readonly calls?: CallCounts | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** Numbers of units or steps by what came of them. */
export interface LoggedCounts {
  readonly done: number;
  readonly failed: number;
  /** Begun when the run was asked to end; the next run continues them. Missing: none. */
  readonly interrupted?: number | undefined;
  /** Not tried, because one that they need failed. */
  readonly skipped: number;
}

/** What a move moves, as its plan in the journal names it. */
export interface LoggedMove {
  /** The IDs of the links. */
  readonly from: string;
  readonly to: string;
  /** `{ gateway: '0f1e2d3c', name: 'shop (0f1e2d3c)' }`; the routes of an integration, or a stage: one unit each. */
  readonly units: readonly { readonly gateway: string; readonly name: string }[];
}

/** A run, as its journal shows it. */
export interface LoggedRun {
  /** The run's ID: its first moment and eight random digits, `2026-06-01T09:00:00.000Z-1a2b3c4d`. */
  readonly run: string;
  /** `apply --prune`. */
  readonly command: string;
  readonly project?: string | undefined;
  /** The ID of the move, where the run is one of `migrate`. */
  readonly move?: string | undefined;
  /** What that move moves, from which link to which; missing where the journal does not have its plan. */
  readonly moved?: LoggedMove | undefined;
  /** `unfinished`: the run is in progress, or the process ended before the run did. `interrupted`: nothing failed. */
  readonly outcome: 'done' | 'failed' | 'interrupted' | 'unfinished';
  readonly startedAt: string;
  /** The last record's time; of a run that has ended, its end. */
  readonly lastAt: string;
  /** Without the reading before the first step; missing for an unfinished run. */
  readonly durationMs?: number | undefined;
  /** Reading the current state before the first step. */
  readonly reading?: { readonly durationMs: number; readonly calls: CallCounts } | undefined;
  /** The changes that were planned. */
  readonly planned?: number | undefined;
  readonly changes?: LoggedCounts | undefined;
  readonly units?: LoggedCounts | undefined;
  /** All calls of the run with those of the reading; missing for an unfinished run. */
  readonly calls?: CallCounts | undefined;
  readonly steps: readonly LoggedStep[];
}

/** The runs of a journal's records, oldest first. A member that a record should have and has not is left out. */
export function loggedRuns(records: readonly JournalRecord[]): readonly LoggedRun[] {
  const runs = recordedRuns(records.filter(({ carried }) => carried !== true));
  // Only the first run of a move has its plan.
  const plans = new Map(
    movesIn(records).flatMap(({ history, records: own }) => own.map((one) => [one.run, history.plan])),
  );
  return runs.map((one) => loggedRun(one, plans.get(one.run)));
}

function loggedRun({ run, begin: start, end, records }: RecordedRun, plan: MovePlan | undefined): LoggedRun {
  const [first] = records;
  const steps = stepsOf(records);
  const calls = records.map((record) => record.calls).filter((one) => one !== undefined);
  const { command, goal, project, move, steps: planned } = membersOf(start?.value);
  const startedAt = start?.at ?? first?.at ?? '';
  const { applied, failed, skipped, interrupted, units } = membersOf(end?.value);
  const changes = countsOf({ done: applied, failed, skipped, interrupted });
  return {
    run,
    command: ifText(command) ?? ifText(goal) ?? 'apply',
    project: ifText(project),
    move: ifText(move),
    moved: plan && movedBy(plan),
    outcome: end === undefined ? 'unfinished' : outcomeOf(changes),
    startedAt,
    lastAt: records.at(-1)?.at ?? startedAt,
    durationMs: end && (end.durationMs ?? between(startedAt, end.at)),
    reading: start?.durationMs === undefined ? undefined : { durationMs: start.durationMs, calls: start.calls ?? {} },
    planned: ifNumber(planned),
    changes,
    units: countsOf({
      ...membersOf(units),
      ...(changes?.failed === 0 ? { interrupted: membersOf(units)['failed'] } : {}),
    }),
    calls: calls.length === 0 ? undefined : addCounts(calls),
    steps,
  };
}

function movedBy({ from, to, units }: MovePlan): LoggedMove {
  return {
    from: from.id,
    to: to.id,
    units: units.map(({ unit, name }) => ({ gateway: unit.gateway.id, name })),
  };
}

function stepsOf(records: readonly JournalRecord[]): readonly LoggedStep[] {
  const steps = new Map<string, LoggedStep>();
  for (const { type, at, unit, step, part, until, value, durationMs, calls } of records) {
    if (unit === undefined || step === undefined) continue;

    const key = JSON.stringify([unit, step, part]);
    const begun = steps.get(key);
    if (type === 'before') {
      // One with `until` follows the first: what the step is about to change.
      if (until === undefined) steps.set(key, { unit, step, part, startedAt: at, outcome: 'unfinished' });
    } else if (begun !== undefined) {
      steps.set(key, {
        ...begun,
        outcome: type === 'after' ? 'done' : 'failed',
        durationMs: durationMs ?? between(begun.startedAt, at),
        calls,
        error: type === 'failed' ? errorOf(value) : undefined,
      });
    }
  }
  return [...steps.values()];
}

function errorOf(value: Json | undefined): LoggedStep['error'] {
  const { code, message } = membersOf(value);
  return { code: ifText(code) ?? 'INTERNAL', message: ifText(message) ?? 'no message' };
}

function between(from: string, to: string): number | undefined {
  const ms = Date.parse(to) - Date.parse(from);
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The numbers of an end. Steps that were interrupted are in the number of those that failed there. */
function countsOf({
  done,
  failed,
  skipped,
  interrupted,
}: Readonly<Record<string, Json | undefined>>): LoggedCounts | undefined {
  const [a, b, c, d = 0] = [done, failed, skipped, interrupted].map(ifNumber);
  if (a === undefined || b === undefined || c === undefined) return undefined;

  return { done: a, failed: b - d, ...(d === 0 ? {} : { interrupted: d }), skipped: c };
}

function outcomeOf(changes: LoggedCounts | undefined): LoggedRun['outcome'] {
  if (changes === undefined || changes.failed > 0) return 'failed';
  if (changes.interrupted !== undefined) return 'interrupted';

  return changes.skipped === 0 ? 'done' : 'failed';
}
