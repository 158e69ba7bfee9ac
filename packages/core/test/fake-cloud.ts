import { gatewayId } from '../src/do/kinds/gateway/gateway-spec.js';
import { FAKES } from './clouds.js';
import type { CallContext } from '../src/ground/calls/call-context.js';
import { momentOf } from '../src/ground/clocks/cloud-time.js';
import { simulatedClock, type SimulatedClock } from '../src/ground/clocks/simulated-clock.js';
import type { Driver, DriverWith, Scope } from '../src/do/driver.js';
import { abilitiesIn, type Groups } from './grouped-driver.js';
import type { LinkTraits } from '../src/do/model/traits.js';
import { CloudError, InvalidInputError, UnsupportedError } from '../src/ground/errors.js';
import type { AllowEntry, Allowlist } from '../src/do/model/allowlist.js';
import type { Gateway } from '../src/do/model/gateway.js';
import type { Link, LinkState } from '../src/do/model/link.js';
import { formatMark, ownerFromTags, ownerTags, parseMark } from '../src/do/model/marks.js';
import { isMarkOfLink } from '../src/do/world/resolve/link-identity.js';
import type { SecurityGroup, Subnet } from '../src/do/model/network.js';
import type { Owner } from '../src/do/model/owner.js';
import { isSameRef } from '../src/do/model/reference.js';
import type { Route } from '../src/do/model/route.js';
import type { Target, TargetTls } from '../src/do/model/target.js';
import type { Gap, RegionSnapshot } from '../src/do/snapshot/snapshot.js';

interface LinkRow {
  readonly id: string;
  name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  tags: Record<string, string>;
  readonly createdMs: number;
  deletedMs?: number;
  /** Overrides the state that follows from the time. */
  state?: LinkState;
  nativeState?: string;
  reason?: string;
}
interface IntegrationRow {
  readonly id: string;
  readonly linkId: string;
  readonly targetId: string;
  readonly description: string;
  readonly tls?: TargetTls | undefined;
  readonly path: 'overwrite' | 'keep';
}
interface RouteRow {
  readonly id: string;
  readonly key: string;
  integrationId?: string | undefined;
}
/** A deployment is a copy: `<key> → <link>` of each route. */
interface DeploymentRow {
  readonly mark: string;
  readonly routes: readonly string[];
}
interface GatewayRow {
  readonly id: string;
  readonly name: string;
  readonly stages: { readonly name: string; readonly autoDeploy: boolean; deployments: DeploymentRow[] }[];
  readonly integrations: Map<string, IntegrationRow>;
  readonly routes: Map<string, RouteRow>;
}
interface GroupRow {
  readonly id: string;
  readonly networkId: string;
  readonly tags: Record<string, string>;
  entries: readonly AllowEntry[];
}

/** The fault of one call: none, a refusal before its effect, a lost response after it, or the end of the process. */
export type Trouble = 'deny' | 'throttle' | 'lost' | 'kill before' | 'kill after';

const PENDING_MS = 120_000;
const DELETING_MS = 60_000;
export const TRAITS: LinkTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
  stalenessMs: 30_000,
  pollMs: 5_000,
  linkTimeoutMs: 600_000,
};

/** The driver of a fake cloud, and its process, which may be killed. */
export type FakeDriver = DriverWith<
  'linkChanges' | 'targetResources' | 'adoption' | 'stages' | 'sweeping' | 'allowlist' | 'allowlistGroups' | 'egress'
> & { readonly process: { dead: boolean } };

/** A small cloud in memory that is strict about references and injects faults. */
export class FakeCloud {
  readonly clock: SimulatedClock = simulatedClock();
  readonly links = new Map<string, LinkRow>();
  readonly gateways = new Map<string, GatewayRow>();
  readonly groups = new Map<string, GroupRow>();
  readonly targets: Target[] = [];
  gaps: readonly Gap[] = [];
  account = '111122223333';
  provider = 'aws';
  /** Every call, in order: `links.create`. */
  calls: string[] = [];
  /** Called before every call that may change something; `index` counts those. */
  trouble: (operation: string, index: number) => Trouble | undefined = () => undefined;
  /** Called after every change. */
  onChange: () => void = () => undefined;
  traits: LinkTraits = TRAITS;
  /** For how long lists do not show a new link, in milliseconds. */
  lagMs = 0;
  #ids = 0;
  #changes = 0;
  readonly #held = new Set<string>();

  gateway(
    id: string,
    stages: readonly { name: string; autoDeploy: boolean }[] = [{ name: '$default', autoDeploy: true }],
  ) {
    const row: GatewayRow = {
      id,
      name: `api ${id}`,
      stages: stages.map((stage) => ({ ...stage, deployments: [] })),
      integrations: new Map(),
      routes: new Map(),
    };
    this.gateways.set(id, row);
    return row;
  }

  listener(name: string, port: number, networkId = 'vpc-1'): Target {
    const target: Target = {
      kind: 'listener',
      id: `arn:aws:elasticloadbalancing:eu-west-1:${this.account}:listener/app/${name}/1/${port}`,
      name,
      resourceId: `arn:aws:elasticloadbalancing:eu-west-1:${this.account}:loadbalancer/app/${name}/1`,
      resourceType: 'application',
      networkId,
      port,
      protocol: 'TCP',
      raw: null,
    };
    this.targets.push(target);
    return target;
  }

  id(prefix: string): string {
    this.#ids += 1;
    return `${prefix}-${this.#ids}`;
  }

  stateOf(row: LinkRow): LinkState {
    const now = this.clock.now();
    if (row.deletedMs !== undefined) return 'deleting';
    return row.state ?? (now - row.createdMs < PENDING_MS ? 'pending' : 'ready');
  }

  /** Removes resources whose deletion has ended. */
  settle(): void {
    for (const row of this.links.values()) {
      if (row.deletedMs !== undefined && this.clock.now() - row.deletedMs >= DELETING_MS) this.links.delete(row.id);
    }
  }

  link(row: LinkRow): Link {
    const state = this.stateOf(row);
    return {
      id: row.id,
      name: row.name,
      kind: this.provider === 'alibaba' ? 'integration-instance' : 'vpc-link-v2',
      state,
      nativeState: row.nativeState ?? state.toUpperCase(),
      reason: row.reason,
      networkId: networkOf(row.subnetIds[0] ?? ''),
      subnetIds: row.subnetIds,
      securityGroupIds: row.securityGroupIds,
      tags: { ...row.tags },
      createdAt: new Date(row.createdMs).toISOString(),
      owner: ownerFromTags(row.tags),
      raw: null,
    };
  }

  /** The links that lists show. */
  listed(): readonly Link[] {
    const rows = [...this.links.values()].filter(({ createdMs }) => createdMs + this.lagMs <= this.clock.now());
    return rows.map((row) => this.link(row));
  }

  addLink(fields: Partial<LinkRow> & Pick<LinkRow, 'subnetIds'>): LinkRow {
    const row: LinkRow = { id: this.id('vl'), name: 'x', securityGroupIds: [], tags: {}, createdMs: 0, ...fields };
    this.links.set(row.id, row);
    return row;
  }

  addRoute(gatewayId: string, key: string, leads?: Partial<IntegrationRow>): RouteRow {
    const gateway = this.gateways.get(gatewayId)!;
    const row: RouteRow = { id: this.id('r'), key };
    if (leads) {
      const integration = {
        id: this.id('i'),
        linkId: '',
        targetId: '',
        description: '',
        path: 'overwrite' as const,
        ...leads,
      };
      gateway.integrations.set(integration.id, integration);
      row.integrationId = integration.id;
    }
    gateway.routes.set(key, row);
    return row;
  }

  route(gateway: GatewayRow, row: RouteRow): Route {
    const integration = gateway.integrations.get(row.integrationId ?? '');
    return {
      id: row.id,
      gatewayId: gateway.id,
      key: row.key,
      linkId: integration?.linkId,
      targetId: integration?.targetId,
      tls: integration?.tls,
      path: integration?.path,
      integrationId: integration?.id,
      owner: parseMark(integration?.description),
      raw: null,
    };
  }

  /** The links of the routes of a gateway: `ANY /orders → vl-1`. */
  leads(gateway: GatewayRow): readonly string[] {
    return [...gateway.routes.values()].map((row) => `${row.key} → ${this.route(gateway, row).linkId}`).toSorted();
  }

  portable(row: GatewayRow, project: string | undefined): Gateway {
    return {
      id: row.id,
      name: row.name,
      kind: 'http-api',
      stages: row.stages.map(({ name, autoDeploy, deployments }) => ({
        name,
        autoDeploy,
        deployed: deployments.findLast(({ mark }) => /^postern:([^@/]+)/.exec(mark)?.[1] === project)?.mark,
      })),
      routes: [...row.routes.values()].map((route) => this.route(row, route)),
      integrations: [...row.integrations.values()].map(({ id, linkId, targetId, description }) => ({
        id,
        linkId,
        targetId,
        owner: parseMark(description),
      })),
      tags: {},
      raw: null,
    };
  }

  allowlistOf(row: LinkRow): Allowlist {
    const owner = ownerFromTags(row.tags);
    const group = row.securityGroupIds
      .map((id) => this.groups.get(id))
      .find((one) => owner !== undefined && ownerFromTags(one?.tags ?? {})?.integration === owner.integration);
    return {
      linkId: row.id,
      owned: group !== undefined,
      securityGroupId: group?.id,
      entries: group?.entries ?? [],
      wider: [],
    };
  }

  /** A driver of one process. After the end of the process its calls have no effect. */
  driver(): FakeDriver {
    const process = { dead: false };
    const read = async <T>(operation: string, answer: () => T): Promise<T> => {
      await Promise.resolve();
      if (process.dead) throw new Error('killed');
      this.settle();
      this.calls.push(operation);
      return answer();
    };
    const change = async <T>(operation: string, effect: () => T): Promise<T> => {
      await Promise.resolve();
      if (process.dead) throw new Error('killed');
      this.settle();
      this.calls.push(operation);
      const trouble = this.trouble(operation, this.#changes);
      this.#changes += 1;
      if (trouble === 'kill before') {
        process.dead = true;
        throw new Error('killed');
      }
      if (trouble === 'deny') throw new CloudError('PERMISSION_DENIED', 'not allowed', { operation, status: 403 });
      if (trouble === 'throttle')
        throw new CloudError('THROTTLED', 'too many', { operation, status: 429, retryable: true });
      const answer = effect();
      this.onChange();
      if (trouble === 'lost') {
        throw new CloudError('BAD_RESPONSE', 'connection reset', { operation, retryable: true, outcomeUnknown: true });
      }
      if (trouble === 'kill after') {
        process.dead = true;
        throw new Error('killed');
      }
      return answer;
    };
    /** A gateway accepts one write at a time; a second one is refused. */
    const write = async <T>(gatewayId: string, work: () => Promise<T>): Promise<T> => {
      if (this.#held.has(gatewayId))
        throw new CloudError('CONFLICT', 'concurrent modification', { operation: 'write', status: 409 });
      this.#held.add(gatewayId);
      try {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        return await work();
      } finally {
        this.#held.delete(gatewayId);
      }
    };
    const gatewayOf = (id: string): GatewayRow => {
      const row = this.gateways.get(id);
      if (row === undefined) throw new CloudError('NOT_FOUND', `no ${id}`, { operation: 'GetApi' });
      return row;
    };
    const lead = async (gateway: GatewayRow, request: Parameters<Driver['routes']['create']>[0]): Promise<string> => {
      const { owner, use } = request;
      const linkId = request.link.id;
      const description = formatMark(owner);
      const same = [...gateway.integrations.values()].find(
        (one) =>
          one.linkId === linkId &&
          one.targetId === use.target.id &&
          one.description === description &&
          one.path === use.path &&
          one.tls?.serverName === use.tls?.serverName,
      );
      if (same) return same.id;
      return await change('routes.create integration', () => {
        if (!this.links.has(linkId))
          throw new CloudError('NOT_FOUND', `no ${linkId}`, { operation: 'CreateIntegration' });
        const row = { id: this.id('i'), linkId, targetId: use.target.id, description, tls: use.tls, path: use.path };
        gateway.integrations.set(row.id, row);
        return row.id;
      });
    };
    const dropUnused = async (gateway: GatewayRow, project: string): Promise<void> => {
      for (const { id, description } of gateway.integrations.values()) {
        const used = [...gateway.routes.values()].some(({ integrationId }) => integrationId === id);
        if (used || parseMark(description)?.project !== project) continue;
        await change('routes.delete integration', () => gateway.integrations.delete(id));
      }
    };
    const groupOf = (linkId: string): GroupRow => {
      const id = this.allowlistOf(this.links.get(linkId)!).securityGroupId;
      return this.groups.get(id ?? '')!;
    };
    const groups = {
      links: {
        create: (kind, request) =>
          change('links.create', () => {
            const row: LinkRow = {
              id: this.id('vl'),
              name: request.name,
              subnetIds: request.subnetIds,
              securityGroupIds: request.securityGroupIds,
              tags: { ...request.tags, ...ownerTags(request.owner) },
              createdMs: this.clock.now(),
            };
            this.links.set(row.id, row);
            return { kind, id: row.id };
          }),
        find: (by) =>
          read('links.find', () => {
            if ('id' in by) {
              const row = this.links.get(by.id);
              return row && this.link(row);
            }
            const rank = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];
            return this.listed()
              .filter((link) => isMarkOfLink(link.owner, by.owner, link))
              .toSorted((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state))[0];
          }),
        statuses: (refs) =>
          read('links.statuses', () => this.listed().filter((link) => refs.some((ref) => isSameRef(ref, link)))),
        rename: ({ id }, name) => change('links.rename', () => void (this.links.get(id)!.name = name)),
        untag: ({ id }, keys) =>
          change('links.untag', () => {
            const { tags } = this.links.get(id)!;
            for (const key of keys) delete tags[key];
          }),
        tag: ({ id }, tags) => change('links.tag', () => void Object.assign(this.links.get(id)!.tags, tags)),
        delete: ({ id }) =>
          change('links.delete', () => {
            const row = this.links.get(id);
            const users = [...this.gateways.values()].flatMap(({ integrations }) =>
              [...integrations.values()].filter(({ linkId }) => linkId === id).map((one) => one.id),
            );
            if (users.length > 0) {
              throw new CloudError('STILL_REFERENCED', `used by ${users.join(', ')}`, { operation: 'DeleteVpcLink' });
            }
            if (row) row.deletedMs ??= this.clock.now();
          }),
      },
      targets: {
        resolve: (ref) =>
          read('targets.resolve', () => {
            const found = this.targets.find(({ id }) => id === ref['listener']);
            if (found) return found;
            throw new InvalidInputError('NOT_FOUND', 'no such target');
          }),
        create: () => Promise.reject(new Error('not on this cloud')),
        find: () => Promise.reject(new Error('not on this cloud')),
        update: () => Promise.reject(new Error('not on this cloud')),
        delete: () => Promise.reject(new Error('not on this cloud')),
      },
      routes: {
        create: (request) =>
          write(request.gateway.id, async () => {
            const gateway = gatewayOf(request.gateway.id);
            const integrationId = await lead(gateway, request);
            return change('routes.create', () => {
              if (gateway.routes.has(request.key)) {
                throw new CloudError('ALREADY_EXISTS', request.key, { operation: 'CreateRoute', status: 409 });
              }
              const row = { id: this.id('r'), key: request.key, integrationId };
              gateway.routes.set(row.key, row);
              return this.route(gateway, row);
            });
          }),
        find: ({ id: gatewayId }, key) =>
          read('routes.find', () => {
            const gateway = gatewayOf(gatewayId);
            const row = gateway.routes.get(key);
            return row && this.route(gateway, row);
          }),
        update: (_route, request) =>
          write(request.gateway.id, async () => {
            const gateway = gatewayOf(request.gateway.id);
            const integrationId = await lead(gateway, request);
            const updated = await change('routes.update', () => {
              const row = gateway.routes.get(request.key)!;
              row.integrationId = integrationId;
              return this.route(gateway, row);
            });
            await dropUnused(gateway, request.owner.project);
            return updated;
          }),
        delete: ({ id: gatewayId }, key, owner) =>
          write(gatewayId, async () => {
            const gateway = gatewayOf(gatewayId);
            await change('routes.delete', () => gateway.routes.delete(key));
            await dropUnused(gateway, owner.project);
          }),
        deploy: ({ id: gatewayId }, stage, mark) =>
          write(gatewayId, () =>
            change('routes.deploy', () => {
              const gateway = gatewayOf(gatewayId);
              const { deployments } = gateway.stages.find(({ name }) => name === stage)!;
              deployments.push({ mark, routes: this.leads(gateway) });
              return { deploymentId: this.id('d') };
            }),
          ),
        removeStage: noMarks,
        adopt: noMarks,
        adoptStage: noMarks,
        forget: noMarks,
        forgetStage: noMarks,
        sweep: ({ id: gatewayId }, project) => write(gatewayId, () => dropUnused(gatewayOf(gatewayId), project)),
      },
      allowlist: {
        prepare: async (_kind, { networkId, owner, entries }) => {
          const found = [...this.groups.values()].find(
            (one) => one.networkId === networkId && sameOwner(ownerFromTags(one.tags), owner),
          );
          const group =
            found ??
            (await change('allowlist.prepare', () => {
              const row: GroupRow = { id: this.id('sg-own'), networkId, tags: ownerTags(owner), entries };
              this.groups.set(row.id, row);
              return row;
            }));
          group.entries = entries;
          return { securityGroupIds: [group.id] };
        },
        mark: () => Promise.resolve(),
        read: ({ id: linkId }) => read('allowlist.read', () => this.allowlistOf(this.links.get(linkId)!)),
        allow: ({ id: linkId }, entries) =>
          change('allowlist.allow', () => {
            const group = groupOf(linkId);
            group.entries = [...group.entries, ...entries];
          }),
        revoke: ({ id: linkId }, entries) =>
          change('allowlist.revoke', () => {
            const group = groupOf(linkId);
            const gone = new Set(entries.map((entry) => JSON.stringify(bare(entry))));
            group.entries = group.entries.filter((entry) => !gone.has(JSON.stringify(bare(entry))));
          }),
        release: (_kind, owner, _ctx, within) =>
          change('allowlist.release', () => {
            for (const { id, tags, networkId } of this.groups.values()) {
              if (!sameOwner(ownerFromTags(tags), owner) || (within?.networkId ?? networkId) !== networkId) continue;
              if ([...this.links.values()].some(({ securityGroupIds }) => securityGroupIds.includes(id))) {
                throw new CloudError('STILL_REFERENCED', `${id} is in use`, { operation: 'DeleteSecurityGroup' });
              }
              this.groups.delete(id);
            }
          }),
      },
    } satisfies Groups;
    return {
      process,
      cloud: FAKES[this.provider]!,
      provider: this.provider,
      region: 'eu-west-1',
      traits: () => this.traits,
      serves: {
        links: [this.provider === 'alibaba' ? 'integration-instance' : 'vpc-link-v2'],
        gateways: ['http-api'],
      },
      identity: () => read('identity', () => ({ account: this.account, arn: 'arn:me' })),
      observe: (scope: Scope, ctx: CallContext) =>
        read('observe', () => {
          ctx.time?.heard(this.clock.now(), momentOf(ctx.clock)); // an answer had this `Date`
          return this.observe(scope, ctx);
        }),
      links: groups.links,
      targets: groups.targets,
      routes: groups.routes,
      ...abilitiesIn(groups),
      egress: ({ id: linkId }) =>
        read('egress', () => ({
          linkId,
          addresses: ['10.0.0.7'],
          prefixes: ['10.0.0.0/24'],
          securityGroupIds: this.links.get(linkId)?.securityGroupIds ?? [],
          stability: 'momentary' as const,
          seenBy: [],
        })),
    } as FakeDriver;
  }

  observe(scope: Scope, _ctx?: CallContext): RegionSnapshot {
    const wanted = new Set((scope.gateways ?? []).map(gatewayId));
    return {
      provider: this.provider,
      region: 'eu-west-1',
      account: this.account,
      links: this.listed(),
      gateways: [...this.gateways.values()]
        .filter(({ id }) => scope.all === true || scope.allGateways === true || wanted.has(id))
        .map((row) => this.portable(row, scope.project)),
      targets: this.targets,
      allowlists: [...this.links.values()].map((row) => this.allowlistOf(row)),
      egress: [],
      networks: [],
      subnets: SUBNETS,
      securityGroups: [...GROUPS, ...[...this.groups.values()].map(groupSnapshot)],
      loadBalancers: [],
      listeners: [],
      interfaces: [],
      whole: ['links', 'networks', 'subnets', 'securityGroups'],
      gaps: this.gaps,
    };
  }
}

const SUBNETS: readonly Subnet[] = ['1a', '1b', '1c', '2a'].map((id) => ({
  id: `subnet-${id}`,
  name: id === '1c' ? 'private' : id === '1b' ? 'private' : id,
  networkId: networkOf(`subnet-${id}`),
  cidrBlock: '10.0.0.0/24',
  zone: 'euw1-az1',
  tags: { tier: id === '1a' ? 'front' : 'back' },
  raw: null,
}));

const GROUPS: readonly SecurityGroup[] = [
  { id: 'sg-1', name: 'one', networkId: 'vpc-1', rules: [], tags: {}, raw: null },
  { id: 'sg-other', name: 'other', networkId: 'vpc-2', rules: [], tags: {}, raw: null },
  {
    id: 'sg-open',
    name: 'open',
    networkId: 'vpc-1',
    rules: [{ id: 'sgr-1', direction: 'out', protocol: '-1', fromPort: -1, toPort: -1, cidrBlock: '0.0.0.0/0' }],
    tags: {},
    raw: null,
  },
];

function groupSnapshot({ id, networkId, tags }: GroupRow): SecurityGroup {
  return { id, name: id, networkId, rules: [], owner: ownerFromTags(tags), tags, raw: null };
}

function networkOf(subnetId: string): string {
  return `vpc-${subnetId.charAt('subnet-'.length)}`;
}

function sameOwner(a: Owner | undefined, b: Owner): boolean {
  return a?.project === b.project && a.integration === b.integration;
}

function bare({ cidrBlock, protocol, fromPort, toPort }: AllowEntry): object {
  return { cidrBlock, protocol, fromPort, toPort };
}

function noMarks(): never {
  throw new UnsupportedError('this cloud marks no routes and no stages');
}

/** What `smallSpec` needs: one gateway, and one listener. */
export function smallCloud(): FakeCloud {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  cloud.listener('orders', 443);
  return cloud;
}
