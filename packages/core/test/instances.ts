import { CLOUDS } from './clouds.js';
import { driversOf, type Drivers } from '../src/do/context.js';
import type { Driver } from '../src/do/driver.js';
import { CloudError } from '../src/ground/errors.js';
import type { AllowEntry } from '../src/do/model/allowlist.js';
import type { Target, TargetRef } from '../src/do/model/target.js';
import { FakeCloud } from './fake-cloud.js';

/** The initial block of every instance. */
export const OWN_BLOCK = '10.0.0.0/24';

export function block(cidrBlock: string): AllowEntry {
  return { cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 };
}

/** The fake cloud where links are bought, targets are resources, blocks have no ports and routes are published. */
export class FakeInstances {
  readonly cloud = new FakeCloud();
  /** By ID: authorizations of (instance, port). */
  readonly authorizations = new Map<string, Target>();
  /** Blocks that were added, by link. */
  readonly blocks = new Map<string, string[]>();
  /** Where each route is published: `api-1 ANY /orders`. */
  readonly published = new Map<string, readonly string[]>();
  /** Whether publishing has an effect; its answer is the same. */
  publishes = true;
  /** Where each route can be called, in its current or an older form; read only where it is set. */
  readonly alsoOn = new Map<string, readonly string[]>();
  readonly drivers: Drivers;

  constructor() {
    this.cloud.provider = 'alibaba';
    this.cloud.gateway('api-1');
    this.drivers = driversOf({ ...this.cloud.driver(), ...this.#driver() });
  }

  authorize(id: string, { instance, port }: TargetRef, owner?: Target['owner']): void {
    this.authorizations.set(id, { kind: 'instance', id, resourceId: String(instance), port, owner, raw: null });
  }

  #driver(): Driver {
    const { cloud } = this;
    const base = cloud.driver();
    const list = (linkId: string) => ({
      linkId,
      owned: true,
      entries: [{ ...block(OWN_BLOCK), fixed: true }, ...(this.blocks.get(linkId) ?? []).map(block)],
      wider: [],
    });
    const find = (ref: TargetRef): Target | undefined =>
      [...this.authorizations.values()].find(
        ({ resourceId, port }) => resourceId === ref['instance'] && port === ref.port,
      );
    const call = <T>(operation: string, effect: () => T): Promise<T> => {
      cloud.calls.push(operation);
      try {
        return Promise.resolve(effect());
      } catch (error) {
        return Promise.reject(error as Error);
      }
    };
    return {
      ...base,
      traits: (kind) => ({ ...base.traits(kind), ...CLOUDS.link('integration-instance').plans }),
      observe: async (scope, ctx) => {
        const region = await base.observe(scope, ctx);
        return {
          ...region,
          gateways: region.gateways.map((gateway) => ({
            ...gateway,
            integrations: undefined,
            routes: gateway.routes.map((route) => ({
              ...route,
              integrationId: undefined,
              stages: this.published.get(`${gateway.id} ${route.key}`),
              publishedOn: this.alsoOn.get(`${gateway.id} ${route.key}`),
            })),
          })),
          links: region.links.map((link) => ({ ...link, native: { spec: 'api.s1.small' } })),
          targets: [...this.authorizations.values()],
          allowlists: region.links.map(({ id }) => list(id)),
        };
      },
      targetResources: {
        find: (_linkId, ref) => call('targets.find', () => find(ref)),
        create: (_linkId, ref, owner) =>
          call('targets.create', () => {
            const id = cloud.id('access');
            this.authorize(id, ref, owner);
            return this.authorizations.get(id)!;
          }),
        update: (_linkId, id, ref) =>
          call('targets.update', () => {
            const { owner } = this.authorizations.get(id)!;
            this.authorize(id, ref, owner);
            return this.authorizations.get(id)!;
          }),
        delete: (_linkId, id) =>
          call('targets.delete', () => {
            const routes = [...cloud.gateways.values()].flatMap((gateway) =>
              [...gateway.routes.values()].map((row) => cloud.route(gateway, row)),
            );
            if (routes.some(({ targetId }) => targetId === id))
              throw new CloudError('STILL_REFERENCED', id, { operation: 'RemoveVpcAccess' });
            this.authorizations.delete(id);
          }),
      },
      routes: {
        ...base.routes,
        find: async (gateway, key, ctx) => {
          const route = await base.routes.find(gateway, key, ctx);
          return route && { ...route, stages: this.published.get(`${gateway.id} ${key}`) };
        },
        create: async (request, ctx) => {
          const route = await base.routes.create(request, ctx);
          if (this.publishes) this.published.set(`${request.gateway.id} ${request.key}`, request.stages ?? []);
          return route;
        },
        update: async (route, request, ctx) => {
          const updated = await base.routes.update(route, request, ctx);
          if (this.publishes) this.published.set(`${request.gateway.id} ${request.key}`, request.stages ?? []);
          return updated;
        },
        delete: async (gateway, key, owner, ctx) => {
          if (cloud.trouble('routes.delete', 0) === 'deny')
            throw new CloudError('PERMISSION_DENIED', 'no', { operation: 'DeleteApi' });
          await base.routes.delete(gateway, key, owner, ctx);
        },
      },
      // Links hold their lists themselves.
      allowlistGroups: undefined,
      allowlist: {
        read: ({ id }) => call('allowlist.read', () => list(id)),
        allow: ({ id: linkId }, entries) =>
          call('allowlist.allow', () => {
            this.blocks.set(linkId, [...(this.blocks.get(linkId) ?? []), ...entries.map(({ cidrBlock }) => cidrBlock)]);
          }),
        revoke: ({ id: linkId }, entries) =>
          call('allowlist.revoke', () => {
            const gone = new Set(entries.map(({ cidrBlock }) => cidrBlock));
            this.blocks.set(
              linkId,
              (this.blocks.get(linkId) ?? []).filter((one) => !gone.has(one)),
            );
          }),
      },
    } satisfies Driver;
  }
}
