import { counted } from '@postern/core/internal/report';
import { type Plan, type RunEvent, type Spec, type PlanOptions, memoryJournal } from '@postern/core/internal/library';
import { judgePlan, parseIgnoredFindings, judge } from '@postern/core/internal/check';
import { apply, observePlan } from '@postern/core/internal/plan';
import { progressLines, runSummary } from '../../apply/progress.js';
import { showPlan } from '../../output/show-plan.js';
import type { Io } from '../../process/io.js';
import type { RehearsalOptions } from './rehearsal.js';
import type { RehearsedRun } from './report.js';
import type { Twin } from './twin.js';
import { Moves, type MovePlan, type MoveResult } from '@postern/core/internal/moves';
import type { AssumedFacts } from '@postern/core/internal/spec';
import { acceptedOf, switchOptions, type MoveOptions } from '../../migrate/move-options.js';
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
  const progress = json === true ? undefined : progressLines(io);
  const failures: Extract<RunEvent, { type: 'step.failed' }>[] = [];
  let done: Extract<RunEvent, { type: 'run.done' }> | undefined;
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
  for await (const event of apply(plan, { ...how, judge })) {
    progress?.event(event);
    if (event.type === 'step.failed') failures.push(event);
    if (event.type === 'run.done') done = event;
  }
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
  const progress = isText ? progressLines(io) : undefined;
  if (isText) {
    const widened =
      plan.widen.length === 0 ? '' : `, ${counted(plan.widen.length, 'entry is', 'entries are')} added first`;
    printLines(io, `Move of ${counted(plan.units.length, 'unit')} from ${plan.from.id} to ${plan.to.id}${widened}`);
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
