import {
  isPosternError,
  type Clock,
  type Plan,
  type PosternError,
  type Spec,
  type PlanOptions,
} from '@postern/core/internal/library';
import { refuseFindings, type RefusedFindings, judgePlan, parseIgnoredFindings } from '@postern/core/internal/check';
import {
  refuseAllRoutes,
  refuseDeletions,
  refusePurchases,
  type RefusedRun,
  observePlan,
} from '@postern/core/internal/plan';
import { planErrorsText } from '@postern/core/internal/report';
import { elsewhereOf } from './elsewhere.js';
import { painter } from '../output/colors.js';
import { note } from '../output/print.js';
import { showPlan } from '../output/show-plan.js';
import type { Io } from '../process/io.js';
import { notingMoves } from '../migrate/with-open-moves.js';
import type { Session } from '../session/open-session.js';
import type { LoadedSpec } from '../spec/load-spec.js';

/** The options that a refusal depends on. */
interface Consent {
  readonly plan?: string | undefined;
  readonly allowPurchase?: boolean | undefined;
  readonly deleteAllRoutes?: boolean | undefined;
  readonly maxDeletes?: number | undefined;
}

/** Why a plan will not be applied, whatever the answer to the question would be. */
export function refusalOf(plan: Plan, spec: Spec, options: Consent): PosternError | undefined {
  const { allowPurchase, deleteAllRoutes, maxDeletes } = options;
  try {
    if (allowPurchase !== true) refusePurchases(plan);
    if (deleteAllRoutes !== true) refuseAllRoutes(plan, spec);
    refuseDeletions(plan, maxDeletes);
    // A saved plan shows the findings of its own time: `apply` checks the current state.
    if (options.plan === undefined) refuseFindings(plan, spec);
  } catch (error) {
    if (isPosternError(error)) return error;

    throw error;
  }
  return undefined;
}

interface Shown {
  readonly io: Io;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Whether the plan was shown already, before it was refused. */
  readonly isShown: boolean;
  /** Prints a line of JSON; undefined: text for people. */
  readonly line: ((event: RefusedRun) => void) | undefined;
}

/**
 * Shows what was refused before the first change. Of findings only those that stop the run: the plan of many routes is longer than
 * a screen, and its reader has to act on the findings.
 */
export function showRefused(refusal: PosternError, { io, plan, clock, isShown, line }: Shown): void {
  const { code, message, remedy } = refusal;
  const stops = code === 'FINDINGS_FAILED' ? (refusal.details as RefusedFindings) : undefined;
  if (line !== undefined) {
    if (code === 'PURCHASE_NOT_ALLOWED') for (const text of prices(plan)) note(io, text);
    const error = { code, message, remedy };
    line({ type: 'run.refused', at: new Date(clock.now()).toISOString(), error, causes: stops?.causes, plan });
  } else if (stops === undefined) {
    if (!isShown) showPlan(io, plan);
  } else io.stdout.write(planErrorsText(plan, stops.findings, { paint: painter(io), width: io.stdout.columns }));
}

/** The purchases of steps, and their terms. A plan as text shows them beside each step. */
function prices({ units }: Plan): readonly string[] {
  const purchases = units.flatMap(({ steps }) =>
    steps.flatMap(({ id, purchase }) => (purchase ? [{ id, ...purchase }] : [])),
  );
  return purchases.flatMap(({ id, summary, terms }) => [`${id} buys ${summary}`, ...terms]);
}

/** What decides the content of a plan. */
export interface PlanNowOptions {
  readonly only?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
  readonly region?: string | undefined;
  readonly alsoRegion?: readonly string[] | undefined;
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
  { session, ...loaded }: LoadedSpec & { readonly session: Session },
  options: PlanNowOptions,
): Promise<Plan> {
  const { spec, clouds, folder } = loaded;
  const { drivers, context } = session;
  const elsewhere = await elsewhereOf(loaded, options);
  const { only, all, replaceFailed, deleteInstances, prune, ignoreFindings = [] } = options;
  const ignored = parseIgnoredFindings(ignoreFindings, clouds);
  const how = { only, replaceFailed, deleteInstances, prune };
  const { snapshot, plan } = await observePlan(spec, drivers, context, {
    all,
    checks: true,
    elsewhere,
    plan: how,
  });
  const judged = judgePlan(plan, snapshot, spec, { clouds, ignored });
  return notingMoves(elsewhere.isUnknown === true && only === undefined ? withUnknownRegions(judged) : judged, {
    io,
    folder,
    context,
  });
}

/** Without a journal nothing shows in which regions the spec was before. A plan that changes nothing says so. */
function withUnknownRegions(plan: Plan): Plan {
  if (plan.units.some(({ steps }) => steps.length > 0)) return plan;

  return { ...plan, notRead: [...(plan.notRead ?? []), 'other regions (no journal here; --also-region reads one)'] };
}
