import { defined } from '../../ground/defined.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Gateway } from '../model/gateway.js';
import type { Owner } from '../model/owner.js';
import { isSameRef, type LinkRef } from '../model/reference.js';
import { noLink } from './call-options.js';
import { requireComplete } from '../world/resolve/problems.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { deployedUses, mayMean, usesLink } from '../world/uses/gateway-uses.js';
import { shownBackend } from '../world/uses/moved-backends.js';

/**
 * One user of a link: a gateway's integration, with the routes that use it, or a stage whose deployment uses it. What is
 * deployed may be older than the working copy.
 */
export interface LinkUse {
  readonly gateway: Pick<Gateway, 'id' | 'name' | 'kind'>;
  /** The stage whose deployment, or published version, uses the link. Undefined: the working copy does. */
  readonly stage?: string | undefined;
  /** The cloud's resource between route and target, where it has one. */
  readonly integrationId?: string | undefined;
  /** A target's ID; for a route of an API group also a backend that is none: `https://example.com`, `a mock`, `named backend be`. */
  readonly targetId?: string | undefined;
  /** Empty where no route uses the integration: it still prevents the deletion of the link. */
  readonly routeKeys: readonly string[];
  readonly owner?: Owner | undefined;
  /** Why it cannot be determined whether the stage uses the link. */
  readonly unreadable?: string | undefined;
}

/**
 * All users of a link, from a snapshot of all gateways with their deployed stages (`Scope.uses`). `link` may be an ID:
 * then links of every kind with that ID count. Stage variables are replaced by their values.
 * @throws {CloudError} the code of a gap: what was not read may use the link, too.
 */
export function usesOfLink(clouds: Clouds, region: RegionSnapshot, link: LinkRef | string): readonly LinkUse[] {
  requireComplete(region, 'gateways');
  const linkId = typeof link === 'string' ? link : link.id;
  const gateways = region.gateways.filter((one) => typeof link === 'string' || mayMean(clouds, region, one, link));
  return gateways.flatMap((gateway) =>
    clouds.gateway(gateway.kind).movesAsOne
      ? groupUses(gateway, linkId)
      : [...draftUses(gateway, linkId), ...stageUses(gateway, linkId)],
  );
}

/**
 * As {@link usesOfLink}, where an empty result would be taken as permission to delete the link: one that does not exist, and that
 * nothing uses, is an error.
 * @throws {CloudError} as `usesOfLink`, and `NOT_FOUND`.
 */
export function usesOfNamedLink(clouds: Clouds, region: RegionSnapshot, link: LinkRef | string): readonly LinkUse[] {
  const uses = usesOfLink(clouds, region, link);
  const isThere = region.links.some((one) => (typeof link === 'string' ? one.id === link : isSameRef(one, link)));
  if (uses.length > 0 || isThere) return uses;

  requireComplete(region, 'links');
  throw noLink(typeof link === 'string' ? link : link.id, 'usesOf');
}

/** All routes of a gateway that is on the link as a whole: drafts, and what each stage shows, whatever its backend is. */
function groupUses(gateway: Gateway, linkId: string): readonly LinkUse[] {
  const { id, name, kind } = gateway;
  if (gateway.linkId !== linkId) return [];

  const uses = new Map<string, LinkUse & { readonly routeKeys: string[] }>();
  for (const route of gateway.routes) {
    for (const stage of [undefined, ...(route.publishedOn ?? route.stages ?? [])]) {
      const targetId = shownBackend(gateway, route, stage);
      const owner = stage === undefined ? route.owner : undefined;
      const key = JSON.stringify([stage, targetId, owner]);
      const use = uses.get(key) ?? {
        gateway: { id, name, kind },
        ...defined({ stage, targetId, owner }),
        routeKeys: [],
      };
      use.routeKeys.push(route.key);
      uses.set(key, use);
    }
  }
  return [...uses.values()];
}

/** Those of the working copy. */
function draftUses(gateway: Gateway, linkId: string): readonly LinkUse[] {
  const { id, name, kind } = gateway;
  const uses = new Map<string, LinkUse & { readonly routeKeys: string[] }>();
  for (const integration of gateway.integrations ?? []) {
    if (integration.linkId !== linkId) continue;

    const { targetId, owner } = integration;
    uses.set(integration.id, {
      gateway: { id, name, kind },
      integrationId: integration.id,
      ...defined({ targetId, owner }),
      routeKeys: [],
    });
  }
  for (const route of gateway.routes) {
    if (!usesLink(gateway, route, linkId)) continue;

    const { key, targetId, owner, integrationId, id: routeId } = route;
    const use = uses.get(integrationId ?? `route ${routeId}`) ?? {
      gateway: { id, name, kind },
      ...defined({ integrationId, targetId, owner }),
      routeKeys: [],
    };
    use.routeKeys.push(key);
    uses.set(integrationId ?? `route ${routeId}`, use);
  }
  return [...uses.values()];
}

/** Those of deployed stages, each target of a stage once. */
function stageUses(gateway: Gateway, linkId: string): readonly LinkUse[] {
  const { id, name, kind } = gateway;
  return gateway.stages.flatMap(({ name: stage }): readonly LinkUse[] => {
    const found = deployedUses(gateway, stage);
    if (found === undefined) return [];
    if ('unreadable' in found) return [{ gateway: { id, name, kind }, stage, routeKeys: [], ...found }];

    const byTarget = new Map<string, string[]>();
    for (const use of found.uses) {
      if (use.linkId !== linkId) continue;

      const target = use.targetId ?? '';
      byTarget.set(target, [...(byTarget.get(target) ?? []), use.name]);
    }
    return [...byTarget].map(([targetId, routeKeys]) => ({
      gateway: { id, name, kind },
      stage,
      ...(targetId === '' ? {} : { targetId }),
      routeKeys,
    }));
  });
}
