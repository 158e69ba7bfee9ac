import { checkArgument } from '../forms/check-argument.js';
import { optional, strict, type Infer } from '../forms/form.js';
import { amount, anyNumber, callback, optionalFlag, optionalText, optionalTexts, unchecked } from '../forms/values.js';
import { contextForm } from '../input/argument-forms.js';
import { givenSpec, type AnySpec } from '../input/given-spec.js';
import { planForm } from '../plan/plan-scope.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { countCalls } from '../../ground/calls/step-context.js';
import { elapsedMs } from '../../ground/clocks/real-clock.js';
import type { Drivers } from '../context.js';
import { withLoadedChecks, type Clouds } from '../kinds/cloud/clouds.js';
import { callClouds } from '../observe/observe-spec.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { reachOf } from './reach.js';
import { refuseAllRoutes } from '../plan/removal/remove-routes.js';
import { refuseDeletions, refuseEmpty } from '../plan/guard/deletions.js';
import { specOf } from '../plan/finish-plan.js';
import { givenJudge, type Judge } from '../plan/judge.js';
import { partOf } from '../plan/only/part-of.js';
import { PLAN_VERSION, type Plan } from '../plan/plan.js';
import type { CallGateway } from '../probe/call-gateway.js';
import type { RunEvent } from './events.js';
import { execute } from './execute.js';
import { refusePurchases } from '../plan/guard/purchases.js';
import { journalForm, memoryJournal } from './journal.js';
import type { Runs } from './run.js';
import { underLock } from './under-lock.js';
import { type PlanNow, computeAgain, placesOfPlan, planAgain, stillPlanned } from './plan-again.js';

export const applyOptions = {
  /** What the plan was computed from; may be left out where that was in this process. */
  spec: unchecked<AnySpec>(),
  drivers: callback<Drivers>(),
  /** The clouds of the spec; by default those of `driversOf`. */
  clouds: unchecked<Clouds>(),
  /**
   * Its signal ends the run: a step that has changed something is finished and recorded, for at most a minute, and no
   * further step is started.
   */
  context: contextForm,
  /** `judge` of `@postern/core/check`. Required for a plan of the goal `apply` that changes something, and with `ignoreFindings`. */
  judge: unchecked<Judge>(),
  /** Default: one in memory. */
  journal: optional(journalForm),
  /** The runs that execute units; by default this process, with every step in the journal. */
  runs: unchecked<Runs>(),
  /** The limit of concurrent steps; waiting links do not count. Default 64: calls are limited by the pace. */
  maxParallel: optional(amount),
  /** How the journal names the run, such as `apply --prune`; no secrets. Default: the plan's goal. */
  command: optionalText,
  /** Whether what costs money may be bought: steps with a `purchase`. Without it a plan that has one is refused. */
  allowPurchase: optionalFlag,
  /**
   * How many links, targets and routes may be deleted that the plan does not replace. By default two, and up to five
   * where that is at most 20 % of what the spec owns. A plan with more is refused. `destroy` is not limited.
   */
  maxDeletes: optional(amount),
  /** Whether all live routes may be deleted because the spec declares none. Without it such a plan is refused. */
  deleteAllRoutes: optionalFlag,
  /**
   * Findings that do not stop the run: `CHECK` or `CHECK:SUBJECT`, such as `target/healthy` or
   * `path/route:link eu → *`; see `parseIgnoredFindings`.
   */
  ignoreFindings: optionalTexts,
  /**
   * How many seconds to wait for calls in flight before a link or a target is deleted, or an allowlist is narrowed. 0 does
   * not wait. Default: as the plan shows (`Step.drainMs`), which is the longest timeout of the gateways that can use it and
   * the time until a change takes effect; less where the cloud shows that the last caller left before.
   */
  drain: optional(anyNumber),
  /**
   * Whether a new link is tested before callers use it: API groups by `ValidateVpcConnectivity`, REST APIs by
   * `TestInvokeMethod` of a temporary route, HTTP APIs by a call of one (see `callGateway`). Only GET, HEAD and OPTIONS
   * requests are sent. A route whose test fails is not moved (`PROBE_FAILED`), and the old link stays. Default: true.
   */
  probe: optionalFlag,
  /**
   * How HTTP APIs are called to test a new link: `createCallGateway()`. Without it they are not tested, and `step.progress`
   * says so.
   */
  callGateway: optional(callback<CallGateway>()),
};

/** The context and options of applying a plan. */
export interface ApplyOptions extends Infer<typeof applyOptions> {}

const applyForm = strict<ApplyOptions>()(applyOptions);

/** A step that waits for its turn holds a place, and creating a link waits 15 s for each that came before. */
const MAX_PARALLEL = 64;

/** In seconds. No gateway waits as long for an answer: the most is 15 minutes, for a streamed one. */
const LONGEST_DRAIN = 3_600;

/**
 * Applies a plan, and yields events during the run. It first reads the current state, and computes the plan
 * again from it: the steps needed now must be exactly those of the plan. What was read is checked, too: an
 * error about what the plan changes that remains after the plan stops the run before its first write.
 *
 * Failed steps are events, not exceptions: they stop only the steps that depend on them, and `run.done`
 * counts them. A run that was killed, aborted or in which steps failed is continued by planning and applying
 * again, because the state of the cloud decides. Regions that the plan left out because they could not be
 * read are left out as well; `run.done` names them.
 *
 * ```ts
 * for await (const event of apply(plan, { spec, drivers, context: ctx, judge }))
 *   if (event.type === 'step.failed') console.error(event.error.message);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` for a plan that changes something, without `judge`.
 *   {PosternError} `PURCHASE_NOT_ALLOWED`, `DELETES_ALL_ROUTES`, `EMPTY_SPEC`, `TOO_MANY_DELETIONS`, `FINDINGS_FAILED`,
 *   `WORLD_MOVED`, `LOCKED` by another process,
 *   `UNSUPPORTED_VERSION`; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED` as soon as a record cannot
 *   be written, with nothing changed after it; the errors of the account check and of reading.
 */
export async function* apply(plan: Plan, options: ApplyOptions): AsyncGenerator<RunEvent, void, undefined> {
  checkArgument('apply', 'plan', planForm, plan);
  checkArgument('apply', 'options', applyForm, options, { open: true });
  const { context, journal = memoryJournal(), maxParallel = MAX_PARALLEL } = options;
  const given = callClouds('apply', options.drivers, options);
  const spec = options.spec === undefined ? specOf(plan) : givenSpec('apply', options.spec, given);
  if (spec === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'apply: the spec of this plan is required', {
      remedy: 'Pass the spec that the plan was computed from.',
    });
  }
  if (plan.version !== PLAN_VERSION) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `apply: the plan has version ${String(plan.version)}, not ${PLAN_VERSION}`,
      { remedy: 'Compute the plan again with this version.' },
    );
  }

  const judge = changes(plan) || options.ignoreFindings !== undefined ? givenJudge('apply', options.judge) : undefined;
  const clouds = judge === undefined ? given : await withLoadedChecks(given);
  const ignored = judge?.ignored(options.ignoreFindings ?? [], clouds) ?? [];
  checkDrain(options.drain);
  if (plan.goal === 'apply') refuseEmpty(spec);
  if (options.allowPurchase !== true) refusePurchases(plan);
  if (options.deleteAllRoutes !== true) refuseAllRoutes(plan, spec);
  const part = partOf(spec, clouds, plan.options ?? {});
  const hear = (): Promise<unknown> => placesOfPlan(plan, part, options.drivers, context).catch(() => undefined);
  yield* underLock<RunEvent, unknown>({ context, journal, what: 'apply', hear }, async ({ signal }) => {
    const reading = countCalls(context);
    const readingMs = context.clock.monotonicMs();
    const places = await placesOfPlan(plan, part, options.drivers, reading.context);
    const { fresh: computed, snapshot } = await computeAgain(plan, part, places, reading.context);
    const again = (ctx: CallContext): Promise<PlanNow> => planAgain(plan, part, places, ctx, false);
    refuseDeletions(computed, options.maxDeletes);
    const fresh = judge?.judge(computed, snapshot, part, ignored) ?? computed;
    judge?.refuse(fresh, spec);
    const durationMs = elapsedMs(context.clock, readingMs);
    return (emit) =>
      execute(fresh, part.planned, {
        places: places.places,
        reach: reachOf(fresh, { snapshot, places: places.places, spec, clouds }, plan.options?.elsewhere ?? []),
        context,
        journal,
        maxParallel,
        runs: options.runs,
        command: options.command,
        drain: options.drain,
        probe: options.probe,
        callGateway: options.callGateway,
        stillPlanned: stillPlanned(again, { atMs: readingMs, fresh: computed, snapshot }),
        reading: { durationMs, calls: reading.counts() },
        signal,
        emit,
      });
  });
}

/** Whether a plan changes what calls may need. A removal has no findings: nothing of it is declared to work. */
function changes({ goal, units }: Plan): boolean {
  return goal === 'apply' && units.some(({ steps }) => steps.length > 0);
}

function checkDrain(drain: number | undefined): void {
  if (drain === undefined || (drain >= 0 && drain <= LONGEST_DRAIN)) return;

  throw new InvalidInputError('INVALID_INPUT', `apply: drain is ${drain}`, {
    remedy: `Pass seconds from 0 to ${LONGEST_DRAIN}.`,
  });
}
