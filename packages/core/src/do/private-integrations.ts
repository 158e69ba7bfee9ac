import type { RunEvent } from './apply/events.js';
import type { CheckReport } from './findings/finding.js';
import { methods } from './imperative/load-methods.js';
import type { AnySpec } from './input/given-spec.js';
import type { ProbeResult } from './probe/probe-result.js';
import type { JudgedPlan, Plan } from './plan/plan.js';
import type { Snapshot } from './snapshot/snapshot.js';

import type { CloudTypes } from './kinds/cloud/cloud-types.js';
import { LinksAndRoutes } from './imperative/links-and-routes.js';
import type {
  ApplyCallOptions,
  CheckCallOptions,
  DestroyCallOptions,
  ExplainCallOptions,
  ForgetCallOptions,
  ObserveCallOptions,
  PlanCallOptions,
  ProbeCallOptions,
} from './imperative/call-options.js';
import type { Explanation } from './findings/explanation.js';

/**
 * Private integrations in one account and region: from gateways into networks. Every `ensure…` is safe to
 * repeat: it creates what is missing, changes what differs, and does nothing where the request is already
 * met. Resources of other owners are never changed.
 *
 * Requests are those of the cloud of the driver: the compiler refuses keys of others.
 *
 * Every function checks its arguments before any call, also for programs without types.
 *
 * @throws {InvalidInputError} `INVALID_INPUT`, with the key in `place.path`, for an argument that is missing, of
 *   another type or not known.
 */
export class PrivateIntegrations<T extends CloudTypes = CloudTypes> extends LinksAndRoutes<T> {
  /** Everything that is there, as plain JSON. */
  async observe(options: ObserveCallOptions = {}): Promise<Snapshot> {
    const { SNAPSHOT_VERSION, checkCall, beginReading } = await methods();
    checkCall(this.requestPlace, 'observe', { options });
    const ctx = this.ctx(options);
    const taken = beginReading(ctx);
    const { checks, domains, flowLogs } = options;
    const region = await this.region(ctx, { checks, domains, flowLogs });
    return { version: SNAPSHOT_VERSION, ...taken(), scope: 'all', regions: [region] };
  }

  /**
   * Reads what a spec refers to, and checks it: whether each call will get from its gateway to its backend,
   * and if not, what stops it. Changes nothing.
   * @throws {InvalidInputError} as `check` and `observeSpec` do.
   */
  async check(wanted: AnySpec, options: CheckCallOptions = {}): Promise<CheckReport> {
    const { checkCall, givenSpec, observeSpec, givenJudge, recordedReach, withLoadedChecks } = await methods();
    const clouds = await withLoadedChecks(this.drivers.clouds);
    const spec = givenSpec('check', wanted, clouds, this);
    checkCall(this.requestPlace, 'check', { options });
    const { signal, ...checkOptions } = options;
    const { check } = givenJudge('check', this.judge);
    const elsewhere = recordedReach(await this.journal.read(), spec);
    const snapshot = await observeSpec(spec, this.drivers, this.ctx({ signal }), { checks: true, elsewhere });
    return check(snapshot, spec, { live: true, ...checkOptions, clouds });
  }

  /**
   * The path of the calls of one integration, or of one of its routes, hop by hop, as it is now: the rule, route or entry that decides at
   * each.
   *
   * ```ts
   * const [orders] = await gate.explain(spec, { integration: 'orders', route: 'GET /orders/7' });
   * for (const { hop, verdict, text } of orders?.paths[0]?.hops ?? []) console.log(hop, verdict, text);
   * ```
   *
   * @throws {InvalidInputError} as `explain` and `observeSpec` do.
   */
  async explain(wanted: AnySpec, options: ExplainCallOptions): Promise<readonly Explanation[]> {
    const { checkCall, givenSpec, observeSpec, givenJudge, withLoadedChecks } = await methods();
    const clouds = await withLoadedChecks(this.drivers.clouds);
    const spec = givenSpec('explain', wanted, clouds, this);
    checkCall(this.requestPlace, 'explain', { options });
    const { signal, ...how } = options;
    const { explain } = givenJudge('explain', this.judge);
    const snapshot = await observeSpec(spec, this.drivers, this.ctx({ signal }), { checks: true });
    return explain(snapshot, spec, { ...how, clouds, live: true });
  }

  /**
   * Calls each declared route of the live gateways, and reports whether its backend answered. Where it did not,
   * the result has the finding of `check` that explains it, from the same observation. Only methods that change
   * nothing are sent, unless `methods` allows others. A call that fails is a result, not an error.
   * @throws {InvalidInputError} as `check` does, and for options: `INVALID_INPUT`, `UNKNOWN_REFERENCE`.
   */
  async probe(wanted: AnySpec, options: ProbeCallOptions = {}): Promise<readonly ProbeResult[]> {
    const {
      checkCall,
      givenSpec,
      observeSpec,
      simulatedCalls,
      checkProbeOptions,
      probeRoutes,
      runProbe,
      givenJudge,
      withLoadedChecks,
    } = await methods();
    const clouds = await withLoadedChecks(this.drivers.clouds);
    const spec = givenSpec('probe', wanted, clouds, this);
    checkCall(this.requestPlace, 'probe', { options });
    const { signal, callGateway, timeoutMs, maxParallel, onResult, ...how } = options;
    checkProbeOptions(spec, how);
    const { check } = givenJudge('probe', this.judge);
    const context = this.ctx({ signal });
    const drivers = this.drivers;
    const snapshot = await observeSpec(spec, drivers, context, { checks: true });
    const report = check(snapshot, spec, { clouds, live: true, passes: false });
    const calls = { callGateway: callGateway ?? simulatedCalls(this.driver), timeoutMs, maxParallel, onResult };
    return runProbe(probeRoutes(snapshot, spec, { ...how, clouds }), {
      spec,
      clouds,
      report,
      drivers,
      context,
      ...calls,
    });
  }

  /**
   * Observes once, and compares with a spec: what `apply` would do, and in `Plan.findings` what `check` reports about
   * that, where it changes calls; its notes name open moves of the journal whose links it changes. `ignoreFindings` marks those that `apply` would ignore.
   * @throws {InvalidInputError} as `diff`, `check` and `observeSpec` do; `INVALID_INPUT` for an unknown check.
   */
  async plan(wanted: AnySpec, options: PlanCallOptions = {}): Promise<JudgedPlan> {
    const {
      checkCall,
      givenSpec,
      observePlan,
      cloudNow,
      givenJudge,
      partOf,
      recordedReach,
      withMembers,
      withOpenMoves,
      withLoadedChecks,
    } = await methods();
    const clouds = await withLoadedChecks(this.drivers.clouds);
    const spec = givenSpec('plan', wanted, clouds, this);
    checkCall(this.requestPlace, 'plan', { options });
    const { signal, ignoreFindings = [], ...planOptions } = options;
    const judge = givenJudge('plan', this.judge);
    const ignored = judge.ignored(ignoreFindings, clouds);
    const elsewhere = recordedReach(await this.journal.read(), spec);
    const how = { clouds, all: planOptions.all, checks: true, elsewhere, plan: planOptions };
    const { snapshot, plan } = await observePlan(spec, this.drivers, this.ctx({ signal }), how);
    const judged = judge.judge(plan, snapshot, partOf(spec, clouds, planOptions), ignored);
    const moves = this.openMovesIn?.(await this.journal.read(), cloudNow(this.context));
    const noted = moves === undefined ? judged : withOpenMoves(judged, moves);
    return withMembers(noted, { findings: noted.findings ?? [] }) as JudgedPlan;
  }

  /** Carries out a plan; its errors are those of `apply`. `spec` may be left out where this process computed the plan. */
  async *apply(plan: Plan, options: ApplyCallOptions = {}): AsyncIterable<RunEvent> {
    const { applyPlan, checkCall, givenSpec, simulatedCalls } = await methods();
    checkCall(this.requestPlace, 'apply', { plan, options });
    const { spec: given, allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe } = options;
    const callGateway = options.callGateway ?? simulatedCalls(this.driver);
    const [context, journal, drivers] = [this.ctx(options), this.journal, this.drivers];
    const allowed = { allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe, callGateway };
    const spec = given === undefined ? undefined : givenSpec('apply', given, this.drivers.clouds, this);
    yield* applyPlan(plan, { spec, drivers, context, journal, judge: this.judge, ...allowed });
  }

  /**
   * Removes everything that the spec owns, in dependency order. Of a spec without links, that is all in the region of the
   * driver that carries its identity. With `prune` it also removes what carries a mark that may be a copy; with `deleteInstances`
   * also links that cost money.
   * @throws {InvalidInputError} `PROTECTED`
   */
  async *destroy(wanted: AnySpec, options: DestroyCallOptions = {}): AsyncGenerator<RunEvent, void, undefined> {
    const { checkCall, givenSpec, observeSpec, planDestroy, recordedReach } = await methods();
    const spec = this.inRegion(givenSpec('destroy', wanted, this.drivers.clouds, this));
    checkCall(this.requestPlace, 'destroy', { options });
    const { deleteInstances, prune, ...call } = options;
    const elsewhere = recordedReach(await this.journal.read(), spec);
    const snapshot = await observeSpec(spec, this.drivers, this.ctx(call), { all: true, elsewhere });
    yield* this.apply(planDestroy(snapshot, spec, { clouds: this.drivers.clouds, deleteInstances, prune }), {
      ...call,
      spec,
    });
  }

  /**
   * Forgets what the spec owns, or the links and integrations of `names` (`links.eu`, `integrations.orders`): marks
   * are removed, and nothing is deleted. Resources whose marks cannot be removed are in the notes of `planForget`.
   * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `AMBIGUOUS` for one of the names
   */
  async *forgetSpec(wanted: AnySpec, options: ForgetCallOptions = {}): AsyncGenerator<RunEvent, void, undefined> {
    const { checkCall, givenSpec, observeSpec, planForget, recordedReach } = await methods();
    const spec = this.inRegion(givenSpec('forgetSpec', wanted, this.drivers.clouds, this));
    checkCall(this.requestPlace, 'forgetSpec', { options });
    const { names, ...call } = options;
    const elsewhere = recordedReach(await this.journal.read(), spec);
    const snapshot = await observeSpec(spec, this.drivers, this.ctx(call), { all: true, elsewhere });
    yield* this.apply(planForget(snapshot, spec, { clouds: this.drivers.clouds, names }), { ...call, spec });
  }
}
