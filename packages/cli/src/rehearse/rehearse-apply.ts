import type { Plan, RunEvent, Spec, PlanOptions } from '@postern/core';
import { judgePlan, parseIgnoredFindings, judge } from '@postern/core/check';
import { apply, observePlan } from '@postern/core/plan';
import { progressLines } from '../apply/progress-lines.js';
import { runSummary } from '../apply/run-summary.js';
import { showPlan } from '../output/show-plan.js';
import type { Io } from '../process/io.js';
import type { RehearsalOptions } from './rehearse.js';
import type { RehearsedRun } from './print-rehearsal.js';
import type { Twin } from './twin.js';

/** The options of a rehearsed apply. */
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

/** The plan of a spec for the twin. */
export async function planOnTwin(
  { drivers, context }: Twin,
  spec: Spec,
  { only, prune, replaceFailed, deleteInstances, ignoreFindings = [] }: RehearseApplyOptions,
): Promise<Plan> {
  const how = { only, replaceFailed, deleteInstances, prune };
  const { snapshot, plan } = await observePlan(spec, drivers, context, { checks: true, plan: how });
  return judgePlan(plan, snapshot, spec, { ignored: parseIgnoredFindings(ignoreFindings, spec.clouds) });
}

/** Applies a plan to the twin. What needs consent is allowed: nothing is bought or deleted. */
export async function applyToTwin(
  io: Io,
  { drivers, context, callGateway }: Twin,
  plan: Plan,
  spec: Spec,
  { json, ignoreFindings, drain, probe }: RehearseApplyOptions,
): Promise<RehearsedRun> {
  if (json !== true) showPlan(io, plan);
  const progress = json === true ? undefined : progressLines(io);
  const failures: Extract<RunEvent, { type: 'step.failed' }>[] = [];
  let done: Extract<RunEvent, { type: 'run.done' }> | undefined;
  const allowed = { allowPurchase: true, deleteAllRoutes: true, maxDeletes: Number.MAX_SAFE_INTEGER };
  const how = { spec, drivers, context, callGateway, ignoreFindings, drain, probe, command: 'rehearse', ...allowed };
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
