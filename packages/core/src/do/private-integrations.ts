import type { RunEvent } from './apply/events.js';
import type { CheckReport } from './findings/finding.js';
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
  observe(options?: ObserveCallOptions): Promise<Snapshot> {
    return this.call('observe', options);
  }

  /**
   * Reads what a spec refers to, and checks it: whether each call will get from its gateway to its backend,
   * and if not, what stops it. Changes nothing.
   * @throws {InvalidInputError} as `check` and `observeSpec` do.
   */
  check(wanted: AnySpec, options?: CheckCallOptions): Promise<CheckReport> {
    return this.call('check', wanted, options);
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
  explain(wanted: AnySpec, options: ExplainCallOptions): Promise<readonly Explanation[]> {
    return this.call('explain', wanted, options);
  }

  /**
   * Calls each declared route of the live gateways, and reports whether its backend answered. Where it did not,
   * the result has the finding of `check` that explains it, from the same observation. Only methods that change
   * nothing are sent, unless `methods` allows others. A call that fails is a result, not an error.
   * @throws {InvalidInputError} as `check` does, and for options: `INVALID_INPUT`, `UNKNOWN_REFERENCE`.
   */
  probe(wanted: AnySpec, options?: ProbeCallOptions): Promise<readonly ProbeResult[]> {
    return this.call('probe', wanted, options);
  }

  /**
   * Observes once, and compares with a spec: what `apply` would do, and in `Plan.findings` what `check` reports about
   * that, where it changes calls; its notes name open moves of the journal whose links it changes. `ignoreFindings` marks those that `apply` would ignore.
   * @throws {InvalidInputError} as `diff`, `check` and `observeSpec` do; `INVALID_INPUT` for an unknown check.
   */
  plan(wanted: AnySpec, options?: PlanCallOptions): Promise<JudgedPlan> {
    return this.call('plan', wanted, options);
  }

  /** Carries out a plan; its errors are those of `apply`. `spec` may be left out where this process computed the plan. */
  apply(plan: Plan, options?: ApplyCallOptions): AsyncIterable<RunEvent> {
    return this.stream('apply', plan, options);
  }

  /**
   * Removes everything that the spec owns, in dependency order. Of a spec without links, that is all in the region of the
   * driver that carries its identity. With `prune` it also removes what carries a mark that may be a copy; with `deleteInstances`
   * also links that cost money.
   * @throws {InvalidInputError} `PROTECTED`
   */
  destroy(wanted: AnySpec, options?: DestroyCallOptions): AsyncGenerator<RunEvent, void, undefined> {
    return this.stream('destroy', wanted, options);
  }

  /**
   * Forgets what the spec owns, or the links and integrations of `names` (`links.eu`, `integrations.orders`): marks
   * are removed, and nothing is deleted. Resources whose marks cannot be removed are in the notes of `planForget`.
   * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `AMBIGUOUS` for one of the names
   */
  forgetSpec(wanted: AnySpec, options?: ForgetCallOptions): AsyncGenerator<RunEvent, void, undefined> {
    return this.stream('forgetSpec', wanted, options);
  }
}
