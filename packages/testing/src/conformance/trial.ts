import { abilityOf } from '@postern/core/internal/driver';
import {
  createContext,
  type CallContext,
  type Driver,
  type GatewayRef,
  type Link,
  type LinkKind,
  type LinkRef,
  type LinkState,
  type Owner,
  type Target,
} from '@postern/core/internal/library';
import {
  createOnce,
  waitFor,
  type LinkRequest,
  type LinkTraits,
  type Route,
  type RouteRequest,
} from '@postern/core/internal/adapter';
import type { LinkKindRules } from '@postern/core/internal/kinds';
import type { ConformanceSetup, ConformanceWorld, Faults } from './setup.js';

const KEYS = ['ANY /orders/{proxy+}', 'GET /orders', 'POST /payments', 'DELETE /payments/{id}'] as const;
/** The project that owns what the suite creates. */
export const PROJECT = 'conformance';

/** One check's own run: the setup, a context, and the steps that many checks begin with. */
export class Trial {
  readonly driver: Driver;
  readonly world: ConformanceWorld;
  readonly ctx: CallContext;
  private requests = 0;

  constructor(readonly setup: ConformanceSetup) {
    this.driver = setup.driver;
    this.world = setup.world;
    this.ctx = this.context();
  }

  /** A context of its own; the pace is shared by all of one trial. */
  context(options: { readonly signal?: AbortSignal } = {}): CallContext {
    return createContext({
      clock: this.setup.clock,
      // The middle of every jitter: waits are the same in each run.
      random: () => 0.5,
      ...(this.ctx && { pace: this.ctx.pace }),
      ...options,
    });
  }

  /** @throws {Error} when the setup has none; checks that need them declare it. */
  get faults(): Faults {
    if (!this.setup.faults) throw new Error('This check needs a way to inject faults.');

    return this.setup.faults;
  }

  /** The kind of link that the checks are about. */
  get linkKind(): LinkKind {
    const kind = this.setup.kinds?.link ?? this.driver.serves.links[0];
    if (kind === undefined) throw new Error('The driver serves no kind of link.');

    return kind;
  }

  /** How links of the kind that the suite uses behave. */
  get traits(): LinkTraits {
    return this.driver.traits(this.linkKind);
  }

  /** What the cloud refuses of links of that kind. */
  get rules(): LinkKindRules {
    const kind = this.driver.cloud.links[this.linkKind];
    if (kind === undefined) throw new Error(`The cloud has no kind of link ${this.linkKind}.`);

    return kind.rules;
  }

  linkRef(id: string): LinkRef {
    return { kind: this.linkKind, id };
  }

  gatewayRef(id: string = this.world.gateway.id): GatewayRef {
    const kind = this.setup.kinds?.gateway ?? this.driver.serves.gateways[0];
    if (kind === undefined) throw new Error('The driver serves no kind of gateway.');

    return { kind, id };
  }

  /** One of the keys that the gateway accepts. */
  key(index: number): string {
    const keys = this.world.routeKeys ?? KEYS;
    return keys[index] ?? `GET /conformance/${index}`;
  }

  owner(integration = 'orders', more: Partial<Owner> = {}): Owner {
    return { project: PROJECT, spec: PROJECT, integration, ...more };
  }

  linkRequest(more: Partial<LinkRequest> = {}): LinkRequest {
    const { subnetIds, securityGroupIds = [], loadBalancerIds, native } = this.world;
    const hasSubnets = loadBalancerIds === undefined;
    return {
      name: 'conformance-orders',
      owner: this.owner(),
      subnetIds: hasSubnets ? subnetIds.slice(0, 2) : [],
      securityGroupIds: hasSubnets ? securityGroupIds.slice(0, 1) : [],
      ...(hasSubnets ? {} : { loadBalancerId: loadBalancerIds[this.requests++ % 2] }),
      tags: { purpose: 'conformance' },
      ...(native && { native }),
      ...more,
    };
  }

  /** A new link that is ready. */
  async link(more: Partial<LinkRequest> = {}): Promise<Link> {
    const id =
      this.world.linkId ?? (await this.driver.links.create(this.linkKind, this.linkRequest(more), this.ctx)).id;
    await this.settle(id, ['ready']);
    return this.found(id);
  }

  /** @throws {Error} when it was deleted. */
  async found(id: string): Promise<Link> {
    const link = await this.driver.links.find(this.linkRef(id), this.ctx);
    if (!link) throw new Error(`The link ${id} is gone.`);

    return link;
  }

  /** Waits, with the driver's own poll and patience, until a link is in one of these states, `gone` among them. */
  settle(id: string, target: readonly (LinkState | 'gone')[]): Promise<string> {
    const { pollMs, linkTimeoutMs } = this.traits;
    return waitFor<string>({
      what: `link ${id}`,
      read: async () => (await this.driver.links.statuses([this.linkRef(id)], this.ctx))[0]?.state ?? 'gone',
      status: (state) => state,
      pending: ['pending', 'deleting', 'ready', 'inactive', 'failed'].filter(
        (state) => !target.includes(state as LinkState),
      ),
      target,
      timeoutMs: linkTimeoutMs,
      pollMs,
      clock: this.setup.clock,
    });
  }

  async target(link: Link, index = 0): Promise<Target> {
    const ref = this.world.targets[index] ?? this.world.targets[0];
    return this.traits.targetsAreResources
      ? abilityOf(this.driver, 'targetResources').create(
          link,
          ref,
          this.owner('orders', { name: `target-${index}` }),
          this.ctx,
        )
      : this.driver.targets.resolve(ref, { networkId: this.world.networkId, link }, this.ctx);
  }

  async routeRequest(
    link: Link,
    more: Partial<RouteRequest> & { readonly targetIndex?: number } = {},
  ): Promise<RouteRequest> {
    const { targetIndex = 0, ...rest } = more;
    return {
      gateway: this.gatewayRef(),
      key: this.key(0),
      link,
      use: rest.use ?? { target: await this.target(link, targetIndex), path: 'overwrite' },
      owner: this.owner(),
      ...rest,
    };
  }

  async route(link: Link, more: Partial<RouteRequest> & { readonly targetIndex?: number } = {}): Promise<Route> {
    return this.driver.routes.create(await this.routeRequest(link, more), this.ctx);
  }

  /** Makes a link as a run does: looks, creates, looks again when the answer is lost. */
  linkOnce(request: LinkRequest = this.linkRequest()): Promise<LinkRef> {
    return createOnce<LinkRef>({
      what: 'link',
      find: () => this.driver.links.find({ kind: this.linkKind, owner: request.owner }, this.ctx),
      create: () => this.driver.links.create(this.linkKind, request, this.ctx),
      stalenessMs: this.traits.stalenessMs,
      ctx: this.ctx,
    });
  }

  /** How many links carry the suite's mark. */
  async countLinks(): Promise<number> {
    const { links } = await this.driver.observe({ project: PROJECT, linkKinds: [this.linkKind] }, this.ctx);
    return links.filter(({ owner }) => owner?.project === PROJECT).length;
  }
}
