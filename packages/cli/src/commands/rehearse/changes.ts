import { counted } from '@postern/core/internal/report';
import { type Plan, type RunEvent, type Spec, type PlanOptions, memoryJournal } from '@postern/core/internal/library';
import { judgePlan, parseIgnoredFindings, judge } from '@postern/core/internal/check';
import { apply, observePlan } from '@postern/core/internal/plan';
import { runSummary, type RunDone } from '../../apply/progress.js';
import { showSteps, type FailedEvent } from '../../apply/show-steps.js';
import { showPlan } from '../../output/show-plan.js';
import type { Io } from '../../process/io.js';
import type { RehearsalOptions } from './rehearsal.js';
import type { RehearsedRun } from './report.js';
import type { Twin } from './world.js';
import { Moves, type MoveEvent, type MovePlan, type MoveResult } from '@postern/core/internal/moves';
import type { AssumedFacts } from '@postern/core/internal/spec';
import { acceptedOf, switchOptions, type MoveOptions } from '../../migrate/migrate-options.js';
import { phaseText } from '../../migrate/moves.js';
import { printLines } from '../../output/print.js';
import { withLoadedChecks } from '@postern/core/internal/kinds';

export interface RehearseApplyOptions extends RehearsalOptions {
  readonly region?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly prune?: boolean | undefined;
  readonly replaceFailed?: boolean | undefined;
  readonly deleteInstances?: PlanOptions['deleteInstances'];
  readonly ignoreFindings?: readonly string[] | undefined;
  readonly drain?: number | undefined;
  /** True unless `--no-probe` was given. */
  readonly probe?: boolean | undefined;
}

export async function planOnTwin(
  { drivers, clouds: set, context }: Twin,
  spec: Spec,
  { only, prune, replaceFailed, deleteInstances, ignoreFindings = [] }: RehearseApplyOptions,
): Promise<Plan> {
  const clouds = await withLoadedChecks(set);
  const how = { only, replaceFailed, deleteInstances, prune };
  const { snapshot, plan } = await observePlan(spec, drivers, context, { clouds, checks: true, plan: how });
  return judgePlan(plan, snapshot, spec, { clouds, ignored: parseIgnoredFindings(ignoreFindings, clouds) });
}

/** Applies a plan to the twin. What needs consent is allowed: nothing is bought or deleted. */
export async function applyToTwin(
  io: Io,
  { drivers, clouds, context, callGateway }: Twin,
  plan: Plan,
  spec: Spec,
  { json, ignoreFindings, drain, probe }: RehearseApplyOptions,
): Promise<RehearsedRun> {
  if (json !== true) showPlan(io, plan);
  const failures: FailedEvent[] = [];
  const allowed = { allowPurchase: true, deleteAllRoutes: true, maxDeletes: Number.MAX_SAFE_INTEGER };
  const how = {
    spec,
    clouds,
    drivers,
    context,
    callGateway,
    ignoreFindings,
    drain,
    probe,
    command: 'rehearse',
    ...allowed,
  };
  const done = await showSteps<RunEvent, RunDone>(io, apply(plan, { ...how, judge }), {
    as: json === true ? 'nothing' : 'text',
    onFailure: (failed) => failures.push(failed),
  });
  return {
    ok: done !== undefined && done.failed === 0 && done.skipped === 0,
    summary: done === undefined ? 'The run did not end.' : runSummary(done),
    failures: failures.map(({ step, error: { code, message } }) => ({ step, code, message })),
  };
}

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
  if (isText) {
    const widened =
      plan.widen.length === 0 ? '' : `, ${counted(plan.widen.length, 'entry is', 'entries are')} added first`;
    printLines(io, `Move of ${counted(plan.units.length, 'unit')} from ${plan.from.id} to ${plan.to.id}${widened}`);
  }
  const moves = await movesOf(twin, plan);
  const how = {
    ...switchOptions(options),
    accept: await acceptedOf(io, options),
    assume,
    finish: true,
    callGateway: twin.callGateway,
  };
  const result = await showSteps<MoveEvent, MoveResult>(io, moves.run(plan, how), {
    as: isText ? 'text' : 'nothing',
    textsOf: phaseText,
    onFailure: () => undefined, // failures are in the result
  });
  if (result === undefined) return { ok: false, summary: 'The run did not end.', failures: [] };

  const { state, onNew, onOld, failures, notes, usersOfOld = [] } = result;
  return {
    ok: state === 'finished',
    summary: `The move is ${state}: ${onNew.length} on ${plan.to.id}, ${onOld.length} on ${plan.from.id}.`,
    failures,
    notes: [...notes, ...usersOfOld.map((user) => `${plan.from.id} is still used by ${user}.`)],
  };
}
