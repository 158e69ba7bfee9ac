import {
  construction,
  type AllowOptions,
  type CallOptions,
  type DeleteLinkOptions,
  type EnsureOptions,
  type EnsureRouteOptions,
  type EventOptions,
  type PrivateIntegrationsOptions,
  type ReleaseOptions,
  type RevokeOptions,
} from './call-options.js';
import type * as Methods from './methods.js';
import type { Ensured } from './ensured.js';
import { type Journal, memoryJournal } from '../apply/journal.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { createContext, driversOf } from '../context.js';
import type { Driver } from '../driver.js';
import { specIdOf } from '../forms/text-rules.js';
import { checkArgument } from '../forms/check-argument.js';
import { driverForm } from '../input/argument-forms.js';
import type { AnySpec } from '../input/given-spec.js';
import type { LinkUse } from './link-uses.js';
import type { CloudTypes } from '../kinds/cloud/cloud-types.js';
import { clouds } from '../kinds/cloud/clouds.js';
import type { EnsureLink, EnsureTarget, LinkTarget, NamedLink } from './requests.js';
import { Session } from './session.js';
import type { Egress, Link } from '../model/link.js';
import type { Spec } from '../spec.js';

/** The code of the methods. Kept here, because each `import()` asks Node's loader again. */
let loaded: Promise<typeof Methods> | undefined;

/**
 * What a program calls one by one, without a spec: links, targets, routes and allowlists. See `PrivateIntegrations`.
 */
export abstract class LinksAndRoutes<T extends CloudTypes = CloudTypes> {
  readonly driver: Driver<T>;
  readonly project: string;
  readonly spec: string;
  readonly context: CallContext;
  readonly journal: Journal;
  /** What its calls share. */
  readonly #session: Session;

  constructor(driver: Driver<T>, options: PrivateIntegrationsOptions);
  /** A driver that is chosen at run time, of one cloud or another: what its cloud does not know is refused at run time. */
  constructor(driver: Driver, options: PrivateIntegrationsOptions);
  constructor(driver: Driver<T>, options: PrivateIntegrationsOptions) {
    checkArgument('PrivateIntegrations', 'driver', driverForm, driver);
    checkArgument('PrivateIntegrations', 'options', construction, options, { open: true });
    const {
      project,
      spec = specIdOf(project),
      others = [],
      journal = memoryJournal(),
      judge,
      openMovesIn,
      ...given
    } = options;
    this.driver = driver;
    this.project = project;
    this.spec = spec;
    this.context = createContext({ ...given, clock: given.clock ?? driver.simulator?.clock });
    this.journal = journal;
    const drivers = driversOf(driver, ...others);
    const own = others.length === 0 ? drivers.clouds : clouds([driver.cloud]);
    const { context } = this;
    this.#session = new Session({ driver, drivers, clouds: own, project, spec, context, journal, judge, openMovesIn });
  }

  /**
   * Makes sure that the links, routes and allowlists of a spec exist, and returns its links. All of it is planned before the first change,
   * and then carried out side by side. Safe to repeat: a call that was aborted or killed is continued by the next one.
   * The spec is a part of the project: what it does not declare stays; see {@link release}, `deleteRoute` and `deleteLink`.
   * Links without `region` are in that of the driver.
   *
   * ```ts
   * const spec = defineSpec({
   *   version: 1,
   *   project: 'shop',
   *   links: { main: { provider: 'aws', subnets: ['subnet-1a', 'subnet-1b'], allowlist: ['10.20.0.0/20'] } },
   *   integrations: {
   *     orders: {
   *       link: 'main',
   *       gateway: { httpApi: 'a1b2c3' },
   *       targets: { main: { listener } },
   *       routes: { 'ANY /orders/{proxy+}': 'main' },
   *     },
   *   },
   * });
   * const made = await gate.ensure(spec);
   * console.log(made.links.main.egress.prefixes, made.changes.length);
   * ```
   *
   * @throws {InvalidInputError} as `parseSpec` does, with the path in the spec; `INVALID_INPUT` for a spec of another project or identity.
   *   {PosternError} as `diff` and the driver do: of steps that failed, all other errors are `details.also`; `PURCHASE_NOT_ALLOWED`, `ABORTED`.
   */
  ensure<const S extends AnySpec>(spec: S, options?: EnsureOptions): Promise<Ensured<S>> {
    return this.call('ensure', spec, options);
  }

  /**
   * Removes all that carries the identity of this program (`spec`) in the region of the driver, and in the others where its journal shows
   * that it had something, as `destroy` does: routes first, links last, after calls in flight have ended. Waits for calls of this
   * session that are in progress. Safe to repeat: a call that was aborted or killed is continued by the next one.
   *
   * ```ts
   * const { changes, notes } = await gate.release({ signal: AbortSignal.timeout(600_000) });
   * ```
   *
   * @throws {InvalidInputError} `PROTECTED`. {PosternError} the error of the first step that failed; `ABORTED`.
   */
  release(options?: ReleaseOptions): Promise<Pick<Ensured<Spec>, 'changes' | 'notes'>> {
    return this.call('release', options);
  }

  /**
   * Makes sure that a link exists and can carry calls, and returns it. Subnets and groups of a link cannot be
   * changed. Where the request differs in these, a new link is created. The old link is deleted when no route
   * uses it.
   * @throws {WaitError} `WAIT_FAILED`, `WAIT_TIMEOUT`. {PosternError} `PURCHASE_NOT_ALLOWED`; as `diff` and
   *   the driver do.
   */
  ensureLink(request: EnsureLink<T>, options?: EnsureOptions): Promise<Link> {
    return this.call('ensureLink', request, options);
  }

  /**
   * A link as it is now: by its ID, or `{ name }` of the request with which this program, or its spec, created it. Undefined where it does
   * not exist.
   *
   * ```ts
   * const link = await gate.getLink({ name: 'orders' });
   * ```
   */
  getLink(link: NamedLink, options?: CallOptions): Promise<Link | undefined> {
    return this.call('getLink', link, options);
  }

  /**
   * Deletes a link that this program created, after calls in flight have ended. Nothing happens where it does not exist.
   * @throws {InvalidInputError} `NOT_OURS` for a link of another owner, or one that was adopted ({@link forget} gives it up);
   *   `STILL_REFERENCED` while something uses it; `PROTECTED` for one that costs money, without `deleteInstance`.
   */
  deleteLink(link: NamedLink, options?: DeleteLinkOptions): Promise<void> {
    return this.call('deleteLink', link, options);
  }

  /**
   * Resolves a target and makes sure that `link` can use it. @throws `NOT_FOUND`, `WRONG_NETWORK`,
   * `WRONG_KIND`, …
   */
  ensureTarget(link: NamedLink, request: EnsureTarget<T>, options?: CallOptions): Promise<LinkTarget> {
    return this.call('ensureTarget', link, request, options);
  }

  /**
   * Makes sure that a gateway's route has the given target. Stages that do not deploy automatically are
   * deployed. `gateway` is an ID, or a reference where the cloud has several kinds. `settings` are those of the route.
   * @throws {InvalidInputError} `INVALID_INPUT` for an invalid route key; `ALREADY_EXISTS`, `NOT_OURS` for a
   *   route of another owner; `NOT_FOUND` for the gateway.
   */
  ensureRoute(
    gateway: string | T['gateway'],
    key: string,
    target: LinkTarget,
    options?: EnsureRouteOptions,
  ): Promise<void> {
    return this.call('ensureRoute', gateway, key, target, options);
  }

  /**
   * Removes a route that this program created, and what only it used. Stages that do not deploy automatically are deployed. Nothing happens
   * where it does not exist.
   * @throws {InvalidInputError} `NOT_OURS` for a route of another owner. {CloudError} `NOT_FOUND` for the gateway.
   */
  deleteRoute(gateway: string | T['gateway'], key: string, options?: EventOptions): Promise<void> {
    return this.call('deleteRoute', gateway, key, options);
  }

  /**
   * Allows outbound traffic of a link to CIDR blocks, on the ports of its targets unless `ports` is given.
   * What is already allowed is not changed. Where no target says which ports to open, `ports` is required, as in a
   * spec: all ports are opened only for `ports: 'all'`.
   * @throws {InvalidInputError} `INVALID_INPUT` without `ports` where they are not known; `INVALID_PREFIX`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`, `NOT_OURS`;
   *   `CIDR_UNREACHABLE` and similar codes, where the adapter can determine it. {UnsupportedError} for a link
   *   without a managed allowlist.
   */
  allow(link: NamedLink, cidrBlocks: readonly string[], options?: AllowOptions): Promise<void> {
    return this.call('allow', link, cidrBlocks, options);
  }

  /**
   * Removes blocks from a link's allowlist, on all ports. Smaller blocks on the list stay. `force` removes blocks even
   * if they are known to be needed, or if a larger block keeps them allowed.
   * @throws `NOT_OURS`; `CIDR_CONFLICT` when a larger block keeps them allowed, or one is not on the list and a smaller
   *   block keeps part of it allowed; `STILL_REFERENCED` where a route's backend needs one.
   */
  revoke(link: NamedLink, cidrBlocks: readonly string[], options?: RevokeOptions): Promise<void> {
    return this.call('revoke', link, cidrBlocks, options);
  }

  /**
   * Takes a link out of the project: its marks are removed, and the link is not changed otherwise. Returns
   * the keys of the removed tags. For routes and whole specs see {@link PrivateIntegrations.forgetSpec}.
   * @throws {InvalidInputError} `NOT_OURS`. {CloudError} `NOT_FOUND`
   */
  forget(link: NamedLink, options?: CallOptions): Promise<readonly string[]> {
    return this.call('forget', link, options);
  }

  /** Where a link's calls come from: what to put on the backend's own allowlist, and how long it holds. */
  egress(link: NamedLink, options?: CallOptions): Promise<Egress> {
    return this.call('egress', link, options);
  }

  /**
   * Every gateway, integration and route that uses a link, and every stage whose deployment does.
   * @throws {CloudError} the code of a gap: it may hide a use.
   */
  usesOf(given: NamedLink, options?: CallOptions): Promise<readonly LinkUse[]> {
    return this.call('usesOf', given, options);
  }

  /**
   * Every link of the account and region, managed or not. @throws {CloudError} the code of a gap: none may be missing.
   */
  links(options?: CallOptions): AsyncGenerator<Link, void, undefined> {
    return this.stream('links', options);
  }

  /**
   * Calls the row of `METHODS` with this name, which answers what the signature says (the tests hold them together). The rows are loaded with the first call, because a
   * program that imports the library may never make one.
   */
  protected async call(name: string, ...given: unknown[]): Promise<never> {
    const { callMethod } = await (loaded ??= import('./methods.js'));
    return (await callMethod(this.#session, name, given)) as never;
  }

  protected async *stream<R>(name: string, ...given: unknown[]): AsyncGenerator<R, void, undefined> {
    yield* (await this.call(name, ...given)) as AsyncIterable<R> | Iterable<R>;
  }
}
