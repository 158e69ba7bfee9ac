import { gatewaySpec } from '../kinds/cloud/gateway-kinds.js';
import type {
  AllowOptions,
  CallOptions,
  DeleteLinkOptions,
  EnsureOptions,
  EnsureRouteOptions,
  EventOptions,
  PrivateIntegrationsOptions,
  ReleaseOptions,
  RevokeOptions,
} from './call-options.js';
import { construction } from './construction.js';
import { methods } from './load-methods.js';
import type { Removal, Removed } from './removal.js';
import type { Ensured, EnsureRequest, Released } from './whole-request.js';
import type { EnsuredPart, EnsureTools } from '../apply/ensure.js';
import { type Journal, type OpenMovesIn, memoryJournal } from '../apply/journal.js';
import { lanes } from '../apply/run.js';
import type { LinkWatches } from '../apply/link-watch.js';
import { sessionLock, type SessionLock } from '../apply/turns.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { createContext, driversOf } from '../context.js';
import { abilityOf } from '../abilities.js';
import type { Driver, Scope } from '../driver.js';
import { UnsupportedError, CloudError } from '../../ground/errors.js';
import { argumentError, checkArgument } from '../forms/check-argument.js';
import { driverForm } from '../input/argument-forms.js';
import type { LinkUse } from './link-uses.js';
import type { RequestedSpec } from './parts.js';
import type { RequestPlace } from './request-forms.js';
import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import { clouds, type Clouds } from '../kinds/cloud/clouds.js';
import type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget } from './requests.js';
import type { Egress, Link } from '../model/link.js';
import type { GatewaySpec } from '../model/gateway.js';
import { linkRef, type LinkRef } from '../model/reference.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { Judge } from '../plan/judge.js';
import type { Claimant } from '../model/ownership.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** Steps of one `ensure` at once; waiting links do not count. Calls are limited by the pace. */
const MAX_PARALLEL = 64;

/**
 * What a program calls one by one, without a spec: links, targets, routes and allowlists. See `PrivateIntegrations`.
 */
export abstract class LinksAndRoutes<T extends CloudTypes = CloudTypes> {
  readonly driver: Driver<T>;
  readonly project: string;
  readonly spec: string | undefined;
  /** The context of its calls. */
  readonly context: CallContext;
  readonly journal: Journal;
  protected readonly judge: Judge | undefined;
  protected readonly openMovesIn: OpenMovesIn | undefined;
  protected readonly drivers: ReturnType<typeof driversOf>;
  /** The set of the cloud of its driver. */
  protected readonly clouds: Clouds;
  readonly #locked: SessionLock;
  /** Made with the first call that waits for links. */
  #watches: LinkWatches | undefined;
  readonly #gateways = lanes();
  /** The targets that were ensured here, by link. */
  readonly #targets = new Map<string, LinkTarget[]>();
  /** The IDs of the links that routes of this session use: others may have made them. */
  readonly #used = new Set<string>();

  constructor(driver: Driver<T>, options: PrivateIntegrationsOptions) {
    checkArgument('PrivateIntegrations', 'driver', driverForm, driver);
    checkArgument('PrivateIntegrations', 'options', construction, options, { open: true });
    const { project, spec, others = [], journal = memoryJournal(), judge, openMovesIn, ...context } = options;
    this.driver = driver;
    this.project = project;
    this.spec = spec;
    this.context = createContext({ ...context, clock: context.clock ?? driver.simulator?.clock });
    this.journal = journal;
    this.judge = judge;
    this.openMovesIn = openMovesIn;
    this.drivers = driversOf(driver, ...others);
    this.clouds = others.length === 0 ? this.drivers.clouds : clouds([driver.cloud]);
    this.#locked = sessionLock(journal);
  }

  /**
   * Makes sure that links, targets, routes and allowlists exist that belong together, and returns them. All of it is planned before the
   * first change, and then carried out side by side; a target with routes on two gateways is carried out for the second one after the
   * first is done. Safe to repeat: a call that was aborted or killed is continued by the next one.
   * What the request does not name stays: see {@link release}, `deleteRoute`, `deleteLink` and `revoke`.
   *
   * ```ts
   * const made = await gate.ensure({
   *   links: { main: { subnetIds: ['subnet-1a', 'subnet-1b'] } },
   *   targets: { orders: { link: 'main', listenerArn } },
   *   routes: [{ gateway: 'a1b2c3', key: 'ANY /orders/{proxy+}', target: 'orders' }],
   *   allow: { main: ['10.20.0.0/20'] },
   * });
   * console.log(made.links.main.egress.prefixes, made.changes.length);
   * ```
   *
   * @throws {PosternError} as `ensureLink`, `ensureTarget`, `ensureRoute` and `allow` do: of what was refused before the first change, all
   *   other errors are `details.also`; of steps that failed, too. `ABORTED`.
   */
  async ensure<const LinkName extends string, const TargetName extends string = never>(
    request: EnsureRequest<T, LinkName, TargetName>,
    options: EnsureOptions = {},
  ): Promise<Ensured<LinkName, TargetName>> {
    const { gatewaysOf, isReference, joined, refuseAllPorts, wholeParts, checkCall } = await methods();
    checkCall(this.requestPlace, 'ensure', { request, options });
    const given = request as unknown as EnsureRequest;
    const { provider, region } = this.driver;
    const refOf = (link: LinkOrId): LinkRef => this.#refOf(link);
    const place = {
      provider,
      region,
      clouds: this.clouds,
      refOf,
      gatewayOf: (one: string | GatewaySpec) => this.#gatewayRef(one),
    };
    const parts = wholeParts(given, place, options.timeoutMs);
    const review = refuseAllPorts(given);
    for (const link of Object.values(given.links)) if (isReference(link)) this.#used.add(refOf(link).id);
    const made = await this.#holding(options, gatewaysOf(given, place), async () => {
      const how = { maxParallel: MAX_PARALLEL, review };
      // What is refused is refused before the first change, also of later parts; the first is planned when it is carried out.
      await Promise.all(parts.slice(1).map((part) => this.#plan(part, options, how)));
      const done: EnsuredPart[] = [];
      for (const part of parts) done.push(await this.#ensure(part, options, how));
      return joined(done);
    });
    return (await this.#shown(given, made, options)) as Ensured<LinkName, TargetName>;
  }

  /**
   * Removes all that carries the identity of this program (`spec`) in the region of the driver, as `destroy` does: routes first, links
   * last, after calls in flight have ended. Waits for calls of this session that are under way. Safe to repeat: a call that was aborted or
   * killed is continued by the next one.
   *
   * ```ts
   * const { changes, notes } = await gate.release({ signal: AbortSignal.timeout(600_000) });
   * ```
   *
   * @throws {InvalidInputError} `INVALID_INPUT` for a session without `spec`; `PROTECTED`. {PosternError} the error of the first step that
   *   failed; `ABORTED`.
   */
  async release(options: ReleaseOptions = {}): Promise<Released> {
    const { withLinksOfOthers, changesOf, planDestroy, checkCall } = await methods();
    checkCall(this.requestPlace, 'release', { options });
    if (this.spec === undefined) {
      throw argumentError('release', 'spec', {
        message: 'the session has no identity, so it cannot tell what it made',
        remedy: 'Pass `spec` to `new PrivateIntegrations`, or call `destroy` with a spec.',
      });
    }
    const { deleteInstances, links = [], signal } = options;
    for (const link of links) this.#used.add(this.#refOf(link).id);
    const removal: Removal = (region, snapshot, spec, clouds) =>
      planDestroy(snapshot, withLinksOfOthers(spec, region, [...this.#used]), { clouds, deleteInstances });
    const { steps, notes } = await this.#locked.alone(() => this.#remove(options, removal), signal);
    return { changes: changesOf(steps), notes };
  }

  /**
   * Makes sure that a link exists and can carry calls, and returns it. Subnets and groups of a link cannot be
   * changed. Where the request differs in these, a new link is created. The old link is deleted when no route
   * uses it.
   * @throws {WaitError} `WAIT_FAILED`, `WAIT_TIMEOUT`. {PosternError} `PURCHASE_NOT_ALLOWED`; as `diff` and
   *   the driver do.
   */
  async ensureLink(request: EnsureLink<T>, options: EnsureOptions = {}): Promise<Link> {
    const { checkCall, linkPart } = await methods();
    checkCall(this.requestPlace, 'ensureLink', { request, options });
    const { name } = request;
    const part = linkPart(this.requestPlace, request as EnsureLink, options.timeoutMs);
    return this.#linkOf(name, await this.#holding(options, [], () => this.#ensure(part, options)), options);
  }

  /**
   * A link as it is now: by its ID, or `{ name }` of the request with which this program, or its spec, created it. Undefined where it does
   * not exist.
   *
   * ```ts
   * const link = await gate.getLink({ name: 'orders' });
   * ```
   */
  async getLink(link: LinkOrId | { readonly name: string }, options: CallOptions = {}): Promise<Link | undefined> {
    const { isMarkOf, checkCall } = await methods();
    checkCall(this.requestPlace, 'getLink', { link, options });
    if (!isNamed(link)) return this.driver.links.find(this.#refOf(link), this.ctx(options));
    const mark = { ...this.#claim(), integration: link.name };
    const links: Link[] = [];
    for await (const found of this.links(options)) if (isMarkOf(found.owner, mark)) links.push(found);
    return links.find(({ state }) => state !== 'deleting' && state !== 'failed') ?? links[0];
  }

  /**
   * Deletes a link that this program created, after calls in flight have ended. Nothing happens where it does not exist.
   * @throws {InvalidInputError} `NOT_OURS` for a link of another owner, or one that was adopted ({@link forget} gives it up);
   *   `STILL_REFERENCED` while something uses it; `PROTECTED` for one that costs money, without `deleteInstance`.
   */
  async deleteLink(link: LinkOrId | { readonly name: string }, options: DeleteLinkOptions = {}): Promise<void> {
    const { linkRemoval, checkCall } = await methods();
    checkCall(this.requestPlace, 'deleteLink', { link, options });
    const found = isNamed(link) ? await this.getLink(link, { signal: options.signal }) : link;
    if (found === undefined) return;
    const { id } = this.#refOf(found);
    const removal: Removal = (region, snapshot, spec, clouds) =>
      linkRemoval(region, snapshot, spec, clouds, id, options.deleteInstance);
    await this.#holding(options, [], () => this.#remove(options, removal));
  }

  /**
   * Resolves a target and makes sure that `link` can use it. @throws `NOT_FOUND`, `WRONG_NETWORK`,
   * `WRONG_KIND`, …
   */
  async ensureTarget(
    link: LinkOrId | { readonly name: string },
    request: EnsureTarget<T>,
    options: CallOptions = {},
  ): Promise<LinkTarget> {
    const { checkCall } = await methods();
    checkCall(this.requestPlace, 'ensureTarget', { link, request, options });
    return this.#targetOf(await this.#found('ensureTarget', link, options), request, options);
  }

  /**
   * Makes sure that a gateway's route has the given target. Stages that do not deploy automatically are
   * deployed. `gateway` is an ID, or a reference where the cloud has several kinds. `settings` are those of the route.
   * @throws {InvalidInputError} `INVALID_INPUT` for an invalid route key; `ALREADY_EXISTS`, `NOT_OURS` for a
   *   route of another owner; `NOT_FOUND` for the gateway.
   */
  async ensureRoute(
    gateway: string | T['gateway'],
    key: string,
    target: LinkTarget,
    options: EnsureRouteOptions = {},
  ): Promise<void> {
    const { checkCall, routePart } = await methods();
    checkCall(this.requestPlace, 'ensureRoute', { gateway, key, target, options });
    const ref = this.#gatewayRef(gateway);
    const spec = routePart(this.requestPlace, ref, key, target, options.settings);
    this.#used.add(target.linkId);
    await this.#holding(options, [gatewayId(ref)], () => this.#ensure(spec, options));
  }

  /**
   * Removes a route that this program created, and what only it used. Stages that do not deploy automatically are deployed. Nothing happens
   * where it does not exist.
   * @throws {InvalidInputError} `NOT_OURS` for a route of another owner. {CloudError} `NOT_FOUND` for the gateway.
   */
  async deleteRoute(gateway: string | T['gateway'], key: string, options: EventOptions = {}): Promise<void> {
    const { routeRemoval, checkCall } = await methods();
    checkCall(this.requestPlace, 'deleteRoute', { gateway, key, options });
    const ref = this.#gatewayRef(gateway);
    const removal: Removal = (region, snapshot, spec, clouds) => routeRemoval(region, snapshot, spec, clouds, ref, key);
    await this.#holding(options, [gatewayId(ref)], () => this.#remove(options, removal));
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
    link: LinkOrId | { readonly name: string },
    cidrBlocks: readonly string[],
    options: AllowOptions = {},
  ): Promise<void> {
    const { checkCall, allowBlocks } = await methods();
    checkCall(this.requestPlace, 'allow', { link, cidrBlocks, options });
    const ref = this.#refOf(await this.#found('allow', link, options));
    const open = { ports: options.ports, ensured: this.#targets.get(ref.id) ?? [] };
    await allowBlocks(this.#own(), ref, cidrBlocks, open, this.ctx(options));
  }

  /**
   * Removes blocks from a link's allowlist, on all ports. Smaller blocks on the list stay. `force` removes blocks even
   * if they are known to be needed, or if a larger block keeps them allowed.
   * @throws `NOT_OURS`; `CIDR_CONFLICT` when a larger block keeps them allowed, or one is not on the list and a smaller
   *   block keeps part of it allowed; `STILL_REFERENCED` where a route's backend needs one.
   */
  async revoke(
    link: LinkOrId | { readonly name: string },
    cidrBlocks: readonly string[],
    options: RevokeOptions = {},
  ): Promise<void> {
    const { checkCall, revokeBlocks } = await methods();
    checkCall(this.requestPlace, 'revoke', { link, cidrBlocks, options });
    const ref = this.#refOf(await this.#found('revoke', link, options));
    await revokeBlocks(this.#own(), ref, cidrBlocks, options.force, this.ctx(options));
  }

  /**
   * Takes a link out of the project: its marks are removed, and the link is not changed otherwise. Returns
   * the keys of the removed tags. For routes and whole specs see {@link PrivateIntegrations.forgetSpec}.
   * @throws {InvalidInputError} `NOT_OURS`. {CloudError} `NOT_FOUND`
   */
  async forget(link: LinkOrId | { readonly name: string }, options: CallOptions = {}): Promise<readonly string[]> {
    const { forgetLink, checkCall } = await methods();
    checkCall(this.requestPlace, 'forget', { link, options });
    return forgetLink(this.driver, this.#refOf(await this.#found('forget', link, options)), this, this.ctx(options));
  }

  /** Where a link's calls come from: what to put on the backend's own allowlist, and how long it holds. */
  async egress(link: LinkOrId | { readonly name: string }, options: CallOptions = {}): Promise<Egress> {
    const { checkCall } = await methods();
    checkCall(this.requestPlace, 'egress', { link, options });
    return abilityOf(this.driver, 'egress')(this.#refOf(await this.#found('egress', link, options)), this.ctx(options));
  }

  /**
   * Every link of the account and region, managed or not. @throws {CloudError} the code of a gap: none may be
   * missing.
   */
  async *links(options: CallOptions = {}): AsyncGenerator<Link, void, undefined> {
    const { checkCall, requireComplete } = await methods();
    checkCall(this.requestPlace, 'links', { options });
    const region = await this.driver.observe(
      { project: this.project, linkKinds: this.driver.serves.links },
      this.ctx(options),
    );
    requireComplete(region, 'links');
    yield* region.links;
  }

  /**
   * Every gateway, integration and route that uses a link, and every stage whose deployment does.
   * @throws {CloudError} the code of a gap: it may hide a use.
   */
  async usesOf(given: LinkOrId | { readonly name: string }, options: CallOptions = {}): Promise<readonly LinkUse[]> {
    const { checkCall, usesOfNamedLink } = await methods();
    checkCall(this.requestPlace, 'usesOf', { link: given, options });
    const link = await this.#found('usesOf', given, options);
    const region = await this.region(this.ctx(options), { uses: true });
    return usesOfNamedLink(this.clouds, region, typeof link === 'string' ? link : linkRef(link));
  }

  /** A link by its ID as it was given, or the one that was requested with a name. @throws {InvalidInputError} `NOT_FOUND` */
  async #found(call: string, link: LinkOrId | { readonly name: string }, { signal }: CallOptions): Promise<LinkOrId> {
    if (!isNamed(link)) return link;
    const found = await this.getLink(link, { signal });
    if (found !== undefined) return found;
    const remedy = `Create it with ensureLink, or pass the ID of a link: gate.links() lists them.`;
    throw argumentError(call, 'link', {
      code: 'NOT_FOUND',
      message: `no link ${link.name} of this program exists`,
      remedy,
    });
  }

  /** An ID alone means a link of the kind that the adapter creates. */
  #refOf(link: LinkOrId): LinkRef {
    return typeof link === 'string' ? { kind: only(this.driver.serves.links, 'link'), id: link } : linkRef(link);
  }

  #gatewayRef(gateway: string | GatewaySpec): GatewaySpec {
    if (typeof gateway !== 'string') return gateway;
    return gatewaySpec(this.clouds, { kind: only(this.driver.serves.gateways, 'gateway'), id: gateway });
  }

  #own(): Claimant & { readonly driver: Driver; readonly clouds: Clouds } {
    const { driver, clouds, project, spec } = this;
    return { driver, clouds, project, spec };
  }

  /** Where its requests are for, by which their forms are. */
  protected get requestPlace(): RequestPlace {
    const { provider, region, serves } = this.driver;
    return { provider, region, serves, clouds: this.clouds };
  }

  protected ctx({ signal }: CallOptions): CallContext {
    return signal === undefined ? this.context : { ...this.context, signal };
  }

  protected place(): Pick<LinkSpec, 'provider' | 'region'> {
    return { provider: this.driver.provider, region: this.driver.region };
  }

  /** Regions are known from links: a spec without one gets an external link of the driver's region, so that the region is read. */
  protected inRegion(spec: Spec): Spec {
    if (Object.keys(spec.links).length > 0) return spec;
    const { region } = this.driver;
    return { ...spec, links: { [`region ${region}`]: { ...this.place(), owner: 'external', tags: {} } } };
  }

  protected async region(
    ctx: CallContext,
    more: Pick<Scope, 'checks' | 'domains' | 'flowLogs' | 'targets' | 'uses'> = {},
  ): Promise<RegionSnapshot> {
    const { regionOf } = await methods();
    return regionOf(this, more, ctx);
  }

  #claim(): Pick<Spec, 'project' | 'spec'> {
    return { project: this.project, ...(this.spec === undefined ? {} : { spec: this.spec }) };
  }

  async #ensure(
    part: RequestedSpec,
    options: EnsureOptions,
    how: Pick<EnsureTools, 'maxParallel' | 'review'> = {},
  ): Promise<EnsuredPart> {
    const { ensure } = await methods();
    const { allowPurchase, onEvent, onNote = this.context.log } = options;
    return ensure(this.#specOf(part), { ...(await this.#tools(options)), allowPurchase, onEvent, onNote, ...how });
  }

  async #plan(part: RequestedSpec, options: EnsureOptions, how: Pick<EnsureTools, 'review'>): Promise<void> {
    const { planEnsure } = await methods();
    const { allowPurchase } = options;
    await planEnsure(this.#specOf(part), { ...(await this.#tools(options)), allowPurchase, ...how });
  }

  #specOf(part: RequestedSpec): Spec {
    return { version: 1, ...this.#claim(), ...part };
  }

  async #remove(options: EventOptions, plan: Removal): Promise<Removed> {
    const { remove } = await methods();
    const spec = this.inRegion({
      version: 1,
      ...this.#claim(),
      links: {},
      integrations: {},
    });
    return remove(spec, plan, { ...(await this.#tools(options)), onEvent: options.onEvent });
  }

  /**
   * Works as a writer of the journal. Writes to one gateway run one at a time, and the second plan must see the result of the first.
   * @param gateways their IDs, in one order for all calls
   */
  #holding<R>({ signal }: CallOptions, gateways: readonly string[], work: () => Promise<R>): Promise<R> {
    const onGateways = ([id, ...others]: readonly string[]): Promise<R> =>
      id === undefined ? work() : this.#gateways.run(id, () => onGateways(others));
    return this.#locked.shared(() => onGateways(gateways), signal);
  }

  async #linkOf(name: string, { links }: Pick<EnsuredPart, 'links'>, options: CallOptions): Promise<Link> {
    const ref = links.get(name);
    const found = ref === undefined ? undefined : await this.driver.links.find(ref, this.ctx(options));
    if (found !== undefined) return found;
    throw new CloudError('NOT_FOUND', `link ${name} is gone`, { operation: 'ensureLink' });
  }

  async #targetOf(link: LinkOrId, request: EnsureTarget, options: CallOptions): Promise<LinkTarget> {
    const { ensureTarget } = await methods();
    const target = await ensureTarget(this.#own(), this.#refOf(link), link, request, this.ctx(options));
    const others = (this.#targets.get(target.linkId) ?? []).filter(({ id }) => id !== target.id);
    this.#targets.set(target.linkId, [...others, target]);
    return target;
  }

  /** What exists after a request was carried out. */
  async #shown(
    { links, targets = {}, routes = [] }: EnsureRequest,
    made: EnsuredPart,
    options: CallOptions,
  ): Promise<Ensured> {
    const { changesOf } = await methods();
    const each = async <V>(of: object, read: (name: string) => Promise<V>): Promise<Readonly<Record<string, V>>> =>
      Object.fromEntries(await Promise.all(Object.keys(of).map(async (name) => [name, await read(name)] as const)));
    const found = await each(links, async (name) => {
      const link = await this.#linkOf(name, made, options);
      return { ...link, egress: await abilityOf(this.driver, 'egress')(linkRef(link), this.ctx(options)) };
    });
    return {
      links: found,
      targets: await each(targets, (name) => {
        const { link, ...request } = targets[name] as EnsureTarget & { readonly link: string };
        return this.#targetOf(found[link] as Link, { ...request, name }, options);
      }),
      routes: routes.map(({ gateway, key, target }) => ({ gateway: this.#gatewayRef(gateway), key, target })),
      changes: changesOf(made.steps),
      notes: made.notes,
    };
  }

  async #tools(options: CallOptions) {
    const { localWatches } = await methods();
    const { drivers, clouds, context, journal } = this;
    this.#watches ??= localWatches({ context, journal, run: 'ensure' });
    return { drivers, clouds, context: this.ctx(options), journal, watches: this.#watches };
  }
}

/** Whether a link is named as its request named it, and not by its ID. */
const isNamed = (link: LinkOrId | { readonly name: string }): link is { readonly name: string } =>
  typeof link === 'object' && !('id' in link);

/** The first of the kinds that an adapter serves: the kind of an ID without a kind. */
function only<K>([kind]: readonly K[], what: string): K {
  if (kind !== undefined) return kind;
  throw new UnsupportedError(`the adapter serves no kind of ${what}`);
}
