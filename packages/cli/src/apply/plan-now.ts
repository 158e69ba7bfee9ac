import type { Plan, PlanOptions, Spec } from '@postern/core';
import { judgePlan, parseIgnoredFindings } from '@postern/core/check';
import { observePlan } from '@postern/core/plan';
import { notingMoves } from '../migrate/with-open-moves.js';
import type { Io } from '../process/io.js';
import type { Session } from '../session/open-session.js';

/** What decides the content of a plan. */
export interface PlanNowOptions {
  readonly only?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
  readonly replaceFailed?: boolean | undefined;
  readonly deleteInstances?: PlanOptions['deleteInstances'];
  readonly prune?: boolean | undefined;
  readonly ignoreFindings?: readonly string[] | undefined;
}

/**
 * The plan that applies a spec to the current state, with what `check` finds about it and notes about open moves: one
 * observation shows both.
 * @throws {PosternError} what observing and planning throw.
 */
export async function planNow(
  io: Io,
  { spec, folder, session }: { readonly spec: Spec; readonly folder: string; readonly session: Session },
  options: PlanNowOptions,
): Promise<Plan> {
  const { drivers, context } = session;
  const { only, all, replaceFailed, deleteInstances, prune, ignoreFindings = [] } = options;
  const ignored = parseIgnoredFindings(ignoreFindings, spec.clouds);
  const how = { only, replaceFailed, deleteInstances, prune };
  const { snapshot, plan } = await observePlan(spec, drivers, context, { all, checks: true, plan: how });
  return notingMoves(judgePlan(plan, snapshot, spec, { ignored }), { io, folder, context });
}
