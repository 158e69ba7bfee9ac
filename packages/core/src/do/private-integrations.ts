import { apply as applyPlan, type ApplyOptions } from './apply/apply.js';
import { ensure, sharedLock } from './apply/ensure.js';
import type { RunEvent } from './apply/events.js';
import type { Journal, OpenMovesIn } from './apply/journal.js';
import { memoryJournal } from './apply/journal-memory.js';
import { lanes } from './apply/lanes.js';
import type { LinkWatches } from './apply/link-watch.js';
import { localWatches } from './apply/local-run.js';
import type { CallContext } from '../ground/calls/call-context.js';
import { asStep } from '../ground/calls/step-context.js';
import type { CheckReport } from './findings/finding.js';
import type { CheckOptions } from './findings/check-options.js';
import { createContext, type ContextOptions } from './context.js';
import type { Driver, Scope } from './driver.js';
import { driversOf, type Drivers } from './drivers.js';
import { ensureOwnTarget, targetRef } from './imperative/ensure-target.js';
import { UnsupportedError, CloudError } from '../ground/errors.js';
import { argumentError, checkArgument } from './forms/check-argument.js';
import type { PortRange } from './model/allowlist.js';
import { OPTIONS } from './imperative/option-forms.js';
import {
  checkBlocks,
  checkLink,
  checkLinkRequest,
  checkRouteRequest,
  checkTargetRequest,
} from './imperative/request-forms.js';
import { driverForm } from './input/argument-forms.js';
import { planForm } from './plan/plan-form.js';
import { givenSpec, type AnySpec } from './input/given-spec.js';
import { forgetLink } from './imperative/forget-link.js';
import { addedEntries, checkOwned, removedEntries } from './imperative/imperative-allowlist.js';
import { usesOfNamedLink, type LinkUse } from './imperative/link-uses.js';
import { linkPart, routePart, type RequestedSpec } from './imperative/parts.js';
import type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget } from './imperative/requests.js';
import type { Egress } from './model/egress.js';
import type { GatewaySpec } from './model/gateway.js';
import { linkRef, type LinkRef } from './model/reference.js';
import type { Link } from './model/link.js';
import type { RouteSettings } from './model/route.js';
import type { LinkSpec, Spec } from './model/spec.js';
import { observePlan, observeSpec } from './observe/observe-spec.js';
import type { ObserveOptions } from './observe/read-places.js';
import { simulatedCalls } from './probe/simulated-calls.js';
import { checkProbeOptions, type ProbeOptions } from './probe/probe-options.js';
import type { ProbeResult } from './probe/probe-result.js';
import { probeRoutes } from './probe/probe-routes.js';
import { runProbe, type RunProbe } from './probe/run-probe.js';
import { requireUnneeded } from './allowlist/needed-blocks.js';
import { requireLink } from './imperative/require-link.js';
import { ownAllowlist, refuseUnreachable } from './imperative/own-allowlist.js';
import { portRanges } from './allowlist/allow-entries.js';
import { calledPorts } from './allowlist/called-ports.js';
import { beginReading, cloudNow } from '../ground/clocks/cloud-time.js';
import { planDestroy } from './plan/destroy.js';
import { planForget } from './plan/forget.js';
import { givenJudge, type Judge } from './plan/judge.js';
import { partOf } from './plan/only/part-of.js';
import { withOpenMoves } from './plan/notes/open-moves.js';
import { requireComplete } from './world/resolve/gaps.js';
import type { Plan, PlanOptions } from './plan/plan.js';
import { gatewayId, gatewaySpec } from './kinds/gateway/gateway-kinds.js';
import { SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot } from './snapshot/snapshot.js';

/** The owner of the integrations, and the context of calls. */
export interface PrivateIntegrationsOptions extends Omit<ContextOptions, 'signal'> {
  /** The owner of everything that is created. It is written to the cloud. */
  readonly project: string;
  /**
   * The identity of this program among the specs of the project: `orders-7f3k2q`. Part of every mark. Give a
   * program an identity that differs from that of a spec file: each then changes and deletes its own
   * resources only.
   */
  readonly spec?: string | undefined;
  /** Default: one in memory. */
  readonly journal?: Journal | undefined;
  /** `judge` of `@postern/core/check`: required by `check`, `probe`, `plan`, and by `apply` of a plan that changes something. */
  readonly judge?: Judge | undefined;
  /** `openMovesIn` of `@postern/core/moves`: a plan then names moves that are open in the journal and whose links it changes. */
  readonly openMovesIn?: OpenMovesIn | undefined;
}

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of calls that may cost money. */
export interface PurchaseOptions extends CallOptions {
  /** Whether a link may be bought, on a cloud where they cost money. */
  readonly allowPurchase?: boolean | undefined;
}

/** Options of `ensureLink`. */
export interface EnsureLinkOptions extends PurchaseOptions {
  /**
   * Called with each note of its plan, such as on an instance that was bought twice: it is billed until it is deleted. By default notes
   * are logged (`ContextOptions.log`).
   */
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * Private integrations in one account and region: from gateways into networks. Every `ensure…` is safe to
 * repeat: it creates what is missing, changes what differs, and does nothing where the request is already
 * met. Resources of other owners are never changed.
 *
 * Every function checks its arguments before any call, also for programs without types.
 *
 * @throws {InvalidInputError} `INVALID_INPUT`, with the key in `place.path`, for an argument that is missing, of
 *   another type or not known.
 */
export class PrivateIntegrations {
  readonly driver: Driver;
  readonly project: string;
  readonly spec: string | undefined;
  /** The context of its calls. */
  readonly context: CallContext;
  readonly journal: Journal;
  readonly #judge: Judge | undefined;
  readonly #openMovesIn: OpenMovesIn | undefined;
  readonly #drivers: Drivers;
  readonly #locked: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #watches: LinkWatches;
  readonly #gateways = lanes();
  /** The targets that were ensured here, by link. */
  readonly #targets = new Map<string, LinkTarget[]>();

  constructor(driver: Driver, options: PrivateIntegrationsOptions) {
    checkArgument('PrivateIntegrations', 'driver', driverForm, driver);
    checkArgument('PrivateIntegrations', 'options', OPTIONS.construction, options, { open: true });
    const { project, spec, journal = memoryJournal(), judge, openMovesIn, ...context } = options;
    this.driver = driver;
    this.project = project;
    this.spec = spec;
    this.context = createContext({ ...context, clock: context.clock ?? driver.simulator?.clock });
    this.journal = journal;
    this.#judge = judge;
    this.#openMovesIn = openMovesIn;
    this.#drivers = driversOf(driver);
    this.#locked = sharedLock(journal);
    this.#watches = localWatches({ context: this.context, journal, run: 'ensure' });
  }

  /**
   * Makes sure that a link exists and can carry calls, and returns it. Subnets and groups of a link cannot be
   * changed. Where the request differs in these, a new link is created. The old link is deleted when no route
   * uses it.
   * @throws {WaitError} `WAIT_FAILED`, `WAIT_TIMEOUT`. {PosternError} `PURCHASE_NOT_ALLOWED`; as `diff` and
   *   the driver do.
   */
  async ensureLink(request: EnsureLink, options: EnsureLinkOptions = {}): Promise<Link> {
    checkLinkRequest(this.driver, request);
    checkArgument('ensureLink', 'options', OPTIONS.ensureLink, options);
    const { name } = request;
    const links = await this.#ensure(linkPart(this.#place(), request), options);
    const ref = links.get(name);
    const found = ref === undefined ? undefined : await this.driver.links.find(ref, this.#ctx(options));
    if (found !== undefined) return found;
    throw new CloudError('NOT_FOUND', `link ${name} is gone`, { operation: 'ensureLink' });
  }

  /**
   * Resolves a target and makes sure that `link` can use it. @throws `NOT_FOUND`, `WRONG_NETWORK`,
   * `WRONG_KIND`, …
   */
  async ensureTarget(link: LinkOrId, request: EnsureTarget, options: CallOptions = {}): Promise<LinkTarget> {
    checkLink('ensureTarget', this.driver, link);
    checkTargetRequest(this.driver, request);
    checkArgument('ensureTarget', 'options', OPTIONS.call, options);
    const { name, tls, path } = request;
    const ctx = this.#ctx(options);
    const ref = targetRef(request);
    const to = this.#refOf(link);
    const { id: linkId } = to;
    const { targets, traits } = this.driver;
    const { networkId } =
      typeof link === 'object' && 'networkId' in link ? link : await requireLink(this.driver, to, 'ensureTarget', ctx);
    const owner = { project: this.project, spec: this.spec, integration: name, name };
    const found = traits(to.kind).targetsAreResources
      ? await ensureOwnTarget(this.driver, to, ref, owner, ctx)
      : await targets.resolve(ref, { link: to, networkId }, ctx);
    const target = { ...found, name, linkId, linkKind: to.kind, ref, tls, path };
    const others = (this.#targets.get(linkId) ?? []).filter(({ id }) => id !== target.id);
    this.#targets.set(linkId, [...others, target]);
    return target;
  }

  /**
   * Makes sure that a gateway's route has the given target. Stages that do not deploy automatically are
   * deployed. `gateway` is an ID, or a reference where the cloud has several kinds. `settings` are those of the route.
   * @throws {InvalidInputError} `INVALID_INPUT` for an invalid route key; `ALREADY_EXISTS`, `NOT_OURS` for a
   *   route of another owner; `NOT_FOUND` for the gateway.
   */
  async ensureRoute(
    gateway: string | GatewaySpec,
    key: string,
    target: LinkTarget,
    options: CallOptions & { readonly settings?: RouteSettings | undefined } = {},
  ): Promise<void> {
    checkRouteRequest(this.driver, { gateway, key, target });
    checkArgument('ensureRoute', 'options', OPTIONS.ensureRoute, options);
    const { gateways } = this.driver.serves;
    const ref = typeof gateway === 'string' ? gatewaySpec({ kind: only(gateways, 'gateway'), id: gateway }) : gateway;
    const spec = routePart(this.#place(), ref, key, target, options.settings);
    // Writes to one gateway run one at a time, and the second plan must see the result of the first.
    await this.#gateways.run(gatewayId(ref), () => this.#ensure(spec, options));
  }

  /**
   * Allows outbound traffic of a link to CIDR blocks, on the ports of its targets unless `ports` is given.
   * What is already allowed is not changed. Where no target says which ports to open, `ports` is required, as in a
   * spec: all ports are opened only for `ports: 'all'`.
   * @throws {InvalidInputError} `INVALID_INPUT` without `ports` where they are not known; `INVALID_PREFIX`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`, `NOT_OURS`;
   *   `CIDR_UNREACHABLE` and similar codes, where the adapter can determine it. {UnsupportedError} for a link
   *   without a managed allowlist.
   */
  async allow(
    link: LinkOrId,
    cidrBlocks: readonly string[],
    options: CallOptions & { readonly ports?: readonly number[] | 'all' | undefined } = {},
  ): Promise<void> {
    checkLink('allow', this.driver, link);
    checkBlocks('allow', 'cidrBlocks', cidrBlocks);
    checkArgument('allow', 'options', OPTIONS.allow, options);
    const ctx = this.#ctx(options);
    const ref = this.#refOf(link);
    const list = await ownAllowlist(this.driver, ref, this, ctx);
    const hasPorts = this.driver.traits(ref.kind).allowlistHasPorts;
    checkOwned(list);
    const ports = hasPorts ? await this.#portsToAllow(ref.id, options.ports, ctx) : undefined;
    const entries = addedEntries(list, cidrBlocks, ports);
    await refuseUnreachable(this.driver, ref, this.project, entries, ctx);
    if (entries.length > 0) await asStep(ctx, 'allow', (step) => this.driver.allowlist.allow(ref, entries, step));
  }

  /**
   * Removes blocks from a link's allowlist, on all ports. Smaller blocks on the list stay. `force` removes blocks even
   * if they are known to be needed.
   * @throws `NOT_OURS`; `CIDR_CONFLICT` when a larger block keeps them allowed, or one is not on the list and a smaller
   *   block keeps part of it allowed; `STILL_REFERENCED` where a route's backend needs one.
   */
  async revoke(
    link: LinkOrId,
    cidrBlocks: readonly string[],
    options: CallOptions & { readonly force?: boolean | undefined } = {},
  ): Promise<void> {
    checkLink('revoke', this.driver, link);
    checkBlocks('revoke', 'cidrBlocks', cidrBlocks);
    checkArgument('revoke', 'options', OPTIONS.revoke, options);
    const ctx = this.#ctx(options);
    const ref = this.#refOf(link);
    const list = await ownAllowlist(this.driver, ref, this, ctx);
    const entries = removedEntries(list, cidrBlocks);
    const { force } = options;
    // Where entries have no ports, the adapter checks: only it can read what else calls addresses.
    if (entries.length > 0 && force !== true && this.driver.traits(ref.kind).allowlistHasPorts) {
      const kept = list.entries.filter((entry) => !entries.includes(entry));
      requireUnneeded(ref.id, { gone: entries, kept }, await this.#region(ctx, { checks: true }));
    }
    if (entries.length === 0) return;
    await asStep(ctx, 'revoke', (step) => this.driver.allowlist.revoke(ref, entries, step, { force }));
  }

  /**
   * Releases a link from the project: its marks are removed, and the link is not changed otherwise. Returns
   * the keys of the removed tags. For routes and whole specs see {@link forgetSpec}.
   * @throws {InvalidInputError} `NOT_OURS`. {CloudError} `NOT_FOUND`
   */
  async forget(link: LinkOrId, options: CallOptions = {}): Promise<readonly string[]> {
    checkLink('forget', this.driver, link);
    checkArgument('forget', 'options', OPTIONS.call, options);
    return forgetLink(this.driver, this.#refOf(link), this, this.#ctx(options));
  }

  /** Where a link's calls come from: what to put on the backend's own allowlist, and how long it holds. */
  async egress(link: LinkOrId, options: CallOptions = {}): Promise<Egress> {
    checkLink('egress', this.driver, link);
    checkArgument('egress', 'options', OPTIONS.call, options);
    return this.driver.egress(this.#refOf(link), this.#ctx(options));
  }

  /** Everything that is there, as plain JSON. */
  async observe(options: CallOptions & Pick<ObserveOptions, 'checks'> = {}): Promise<Snapshot> {
    checkArgument('observe', 'options', OPTIONS.observe, options);
    const ctx = this.#ctx(options);
    const taken = beginReading(ctx);
    const { checks } = options;
    const region = await this.#region(ctx, { checks });
    return { version: SNAPSHOT_VERSION, ...taken(), scope: 'all', regions: [region] };
  }

  /**
   * Every link of the account and region, managed or not. @throws {CloudError} the code of a gap: none may be
   * missing.
   */
  async *links(options: CallOptions = {}): AsyncGenerator<Link, void, undefined> {
    checkArgument('links', 'options', OPTIONS.call, options);
    const region = await this.driver.observe(
      { project: this.project, linkKinds: this.driver.serves.links },
      this.#ctx(options),
    );
    requireComplete(region, 'links');
    yield* region.links;
  }

  /**
   * Every gateway, integration and route that uses a link, and every stage whose deployment does.
   * @throws {CloudError} the code of a gap: it may hide a use.
   */
  async usesOf(link: LinkOrId, options: CallOptions = {}): Promise<readonly LinkUse[]> {
    checkLink('usesOf', this.driver, link);
    checkArgument('usesOf', 'options', OPTIONS.call, options);
    const region = await this.#region(this.#ctx(options), { uses: true });
    return usesOfNamedLink(region, typeof link === 'string' ? link : linkRef(link));
  }

  /**
   * Reads what a spec refers to, and checks it: whether each call will get from its gateway to its backend,
   * and if not, what stops it. Changes nothing.
   * @throws {InvalidInputError} as `check` and `observeSpec` do.
   */
  async check(wanted: AnySpec, options: CallOptions & CheckOptions = {}): Promise<CheckReport> {
    const spec = givenSpec('check', wanted);
    checkArgument('check', 'options', OPTIONS.check, options);
    const { signal, ...checkOptions } = options;
    const { check } = givenJudge('check', this.#judge);
    const snapshot = await observeSpec(spec, this.#drivers, this.#ctx({ signal }), { checks: true });
    return check(snapshot, spec, { live: true, ...checkOptions });
  }

  /**
   * Calls each declared route of the live gateways, and reports whether its backend answered. Where it did not,
   * the result has the finding of `check` that explains it, from the same observation. Only methods that change
   * nothing are sent, unless `methods` allows others. A call that fails is a result, not an error.
   * @throws {InvalidInputError} as `check` does, and for options: `INVALID_INPUT`, `UNKNOWN_REFERENCE`.
   */
  async probe(
    wanted: AnySpec,
    options: CallOptions & ProbeOptions & Pick<RunProbe, 'callGateway' | 'timeoutMs' | 'maxParallel' | 'onResult'> = {},
  ): Promise<readonly ProbeResult[]> {
    const spec = givenSpec('probe', wanted);
    checkArgument('probe', 'options', OPTIONS.probe, options);
    const { signal, callGateway, timeoutMs, maxParallel, onResult, ...how } = options;
    checkProbeOptions(spec, how);
    const { check } = givenJudge('probe', this.#judge);
    const context = this.#ctx({ signal });
    const drivers = this.#drivers;
    const snapshot = await observeSpec(spec, drivers, context, { checks: true });
    const report = check(snapshot, spec, { live: true, passes: false });
    const calls = { callGateway: callGateway ?? simulatedCalls(this.driver), timeoutMs, maxParallel, onResult };
    return runProbe(probeRoutes(snapshot, spec, how), { spec, report, drivers, context, ...calls });
  }

  /**
   * Observes once, and compares with a spec: what `apply` would do, and in `Plan.findings` what `check` reports about
   * that, where it changes calls; its notes name open moves of the journal whose links it changes. `ignoreFindings` marks those that `apply` would ignore.
   * @throws {InvalidInputError} as `diff`, `check` and `observeSpec` do; `INVALID_INPUT` for an unknown check.
   */
  async plan(
    wanted: AnySpec,
    options: CallOptions & PlanOptions & Pick<ApplyOptions, 'ignoreFindings'> = {},
  ): Promise<Plan> {
    const spec = givenSpec('plan', wanted);
    checkArgument('plan', 'options', OPTIONS.plan, options);
    const { signal, ignoreFindings = [], ...planOptions } = options;
    const judge = givenJudge('plan', this.#judge);
    const ignored = judge.ignored(ignoreFindings);
    const how = { all: planOptions.all, checks: true, plan: planOptions };
    const { snapshot, plan } = await observePlan(spec, this.#drivers, this.#ctx({ signal }), how);
    const judged = judge.judge(plan, snapshot, partOf(spec, planOptions), ignored);
    return this.#openMovesIn === undefined
      ? judged
      : withOpenMoves(judged, this.#openMovesIn(await this.journal.read(), cloudNow(this.context)));
  }

  /** Carries out a plan; see {@link applyPlan}. `spec` may be left out where this process computed the plan. */
  apply(
    plan: Plan,
    options: PurchaseOptions &
      Pick<
        ApplyOptions,
        'spec' | 'deleteAllRoutes' | 'maxDeletes' | 'ignoreFindings' | 'drain' | 'probe' | 'callGateway'
      > = {},
  ): AsyncIterable<RunEvent> {
    checkArgument('apply', 'plan', planForm, plan);
    checkArgument('apply', 'options', OPTIONS.apply, options);
    const { spec, allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe } = options;
    const callGateway = options.callGateway ?? simulatedCalls(this.driver);
    const [context, journal, drivers] = [this.#ctx(options), this.journal, this.#drivers];
    const allowed = { allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe, callGateway };
    return applyPlan(plan, { spec, drivers, context, journal, judge: this.#judge, ...allowed });
  }

  /**
   * Removes everything that the spec owns, in dependency order. Of a spec without links, that is all in the region of the
   * driver that carries its identity. With `prune` it also removes resources of the
   * project whose mark names no spec; with `deleteInstances` also links that cost money.
   * @throws {InvalidInputError} `PROTECTED`; `INVALID_INPUT` for a spec that owns nothing: without links, integrations and an identity
   */
  async *destroy(
    wanted: AnySpec,
    options: CallOptions & Pick<PlanOptions, 'deleteInstances' | 'prune'> = {},
  ): AsyncGenerator<RunEvent, void, undefined> {
    const spec = this.#inRegion(givenSpec('destroy', wanted));
    checkArgument('destroy', 'options', OPTIONS.destroy, options);
    const { deleteInstances, prune, ...call } = options;
    if (prune !== true) refuseOwningNothing(spec);
    const snapshot = await observeSpec(spec, this.#drivers, this.#ctx(call), { all: true });
    yield* this.apply(planDestroy(snapshot, spec, { deleteInstances, prune }), { ...call, spec });
  }

  /**
   * Releases what the spec owns, or the links and integrations of `names` (`links.eu`, `integrations.orders`): marks
   * are removed, and nothing is deleted. Resources whose marks cannot be removed are in the notes of `planForget`.
   * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `AMBIGUOUS` for one of the names
   */
  async *forgetSpec(
    wanted: AnySpec,
    options: CallOptions & Pick<PlanOptions, 'names'> = {},
  ): AsyncGenerator<RunEvent, void, undefined> {
    const spec = this.#inRegion(givenSpec('forgetSpec', wanted));
    checkArgument('forgetSpec', 'options', OPTIONS.forgetSpec, options);
    const { names, ...call } = options;
    const snapshot = await observeSpec(spec, this.#drivers, this.#ctx(call), { all: true });
    yield* this.apply(planForget(snapshot, spec, { names }), { ...call, spec });
  }

  /** An ID alone means a link of the kind that the adapter creates. */
  #refOf(link: LinkOrId): LinkRef {
    return typeof link === 'string' ? { kind: only(this.driver.serves.links, 'link'), id: link } : linkRef(link);
  }

  #ctx({ signal }: CallOptions): CallContext {
    return signal === undefined ? this.context : { ...this.context, signal };
  }

  #place(): Pick<LinkSpec, 'provider' | 'region'> {
    return { provider: this.driver.provider, region: this.driver.region };
  }

  /** Regions are known from links: a spec without one gets an external link of the driver's region, so that the region is read. */
  #inRegion(spec: Spec): Spec {
    if (Object.keys(spec.links).length > 0) return spec;
    const { region } = this.driver;
    return { ...spec, links: { [`region ${region}`]: { ...this.#place(), owner: 'external', tags: {} } } };
  }

  #region(ctx: CallContext, more: Pick<Scope, 'checks' | 'targets' | 'uses'> = {}): Promise<RegionSnapshot> {
    return this.driver.observe({ all: true, project: this.project, spec: this.spec, ...more }, ctx);
  }

  #ensure(part: RequestedSpec, options: EnsureLinkOptions): Promise<ReadonlyMap<string, LinkRef>> {
    const spec: Spec = {
      version: 1,
      project: this.project,
      ...(this.spec === undefined ? {} : { spec: this.spec }),
      ...part,
    };
    const context = this.#ctx(options);
    const [drivers, journal, watches] = [this.#drivers, this.journal, this.#watches];
    const { allowPurchase, onNote = context.log } = options;
    return this.#locked(() => ensure(spec, { drivers, context, journal, watches, allowPurchase, onNote }));
  }

  /** The ports that are given, or those of the link's targets where each of them is known. */
  async #portsToAllow(
    linkId: string,
    given: readonly number[] | 'all' | undefined,
    ctx: CallContext,
  ): Promise<readonly PortRange[]> {
    if (given !== undefined) return portRanges(given === 'all' ? [] : given);
    const called = await this.#targetPorts(linkId, ctx);
    if (called.length > 0 && !called.includes(undefined)) return portRanges(called);
    const message = `the ports to open are not known: ${called.length === 0 ? `link ${linkId} has no target yet` : `the port of a target of link ${linkId} is not known`}`;
    throw argumentError('allow', 'ports', {
      message,
      remedy: "Pass the ports, such as ports: [443], or ports: 'all'.",
    });
  }

  /** Ports of the targets of the link's routes, and of those that were ensured by this object. */
  async #targetPorts(linkId: string, ctx: CallContext): Promise<readonly (number | undefined)[]> {
    const ensured = this.#targets.get(linkId) ?? [];
    const region = await this.#region(ctx, { targets: ensured.map(({ ref }) => ref) });
    const used = region.gateways
      .flatMap(({ routes }) => routes)
      .filter((route) => route.linkId === linkId)
      .map(({ targetId }) => ({ target: region.targets.find(({ id }) => id === targetId) }));
    return [...ensured.map((target) => ({ target })), ...used].flatMap((one): readonly (number | undefined)[] => {
      const called = calledPorts(region, one);
      return 'ports' in called ? called.ports : [undefined];
    });
  }
}

/** Without an identity, only what a spec declares is its own. */
function refuseOwningNothing({ spec, integrations, links }: Spec): void {
  const isDeclared =
    Object.values(links).some(({ owner }) => owner !== 'external') || Object.keys(integrations).length > 0;
  if (spec !== undefined || isDeclared) return;
  const message = 'the spec declares nothing and has no identity, so no resource is its own';
  const remedy =
    'Write the identity with which the resources were created as `spec`, declare them, or pass `prune: true`.';
  throw argumentError('destroy', 'spec', { message, remedy });
}

/** The first of the kinds that an adapter serves: the kind of an ID without a kind. */
function only<K>([kind]: readonly K[], what: string): K {
  if (kind !== undefined) return kind;
  throw new UnsupportedError(`the adapter serves no kind of ${what}`);
}
