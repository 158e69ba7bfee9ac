import { gatewayId } from '@postern/core/internal/kinds';
import { mayChange, type Owner, type RegionSnapshot, type Snapshot, type Spec } from '@postern/core/internal/adapter';
import { routeAddresses, type Stage } from '@postern/core/internal/snapshot';

/** A resource that carries the mark of a spec. */
export interface Owned {
  readonly kind: 'link' | 'allowlist' | 'target' | 'route' | 'integration' | 'stage';
  /** Its name in the spec: that of a link, an integration, or a target (`orders/blue`). */
  readonly name: string;
  readonly id: string;
  readonly state?: string | undefined;
  readonly declared: boolean;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  /** Of a route, an integration that no route uses, or a stage. */
  readonly gateway?: { readonly kind: string; readonly id: string; readonly name: string } | undefined;
  readonly routeKey?: string | undefined;
  /** Of a route: by which addresses of custom domains it is called. Undefined: by none that is known. */
  readonly calledBy?: readonly string[] | undefined;
}

/** The resources of a snapshot whose marks are those of a spec: also those that it no longer declares. */
export function ownedBy(spec: Spec, { regions }: Snapshot): readonly Owned[] {
  return regions.flatMap((region) => [
    ...ownedLinks(spec, region),
    ...ownedGroups(spec, region),
    ...ownedTargets(spec, region),
    ...ownedOfGateways(spec, region),
  ]);
}

function ownedLinks(spec: Spec, region: RegionSnapshot): readonly Owned[] {
  return region.links.flatMap(({ id, owner, state, nativeState }) => {
    if (!isOwn(owner, spec)) return [];

    const name = nameNow(spec, 'link', owner.integration);
    const shown = state === 'ready' ? 'ready' : `${state} (${nativeState})`;
    return [{ ...common(region), kind: 'link', name, id, state: shown, declared: isLink(spec, name) } as const];
  });
}

function ownedGroups(spec: Spec, region: RegionSnapshot): readonly Owned[] {
  const used = new Set(region.links.flatMap(({ securityGroupIds }) => securityGroupIds));
  return region.securityGroups.flatMap(({ id, owner }) => {
    if (!isOwn(owner, spec)) return [];

    const name = nameNow(spec, 'link', owner.integration);
    const state = used.has(id) ? 'used' : isUnread(region, 'links') ? undefined : 'unused';
    return [{ ...common(region), kind: 'allowlist', name, id, state, declared: isLink(spec, name) } as const];
  });
}

function ownedTargets(spec: Spec, region: RegionSnapshot): readonly Owned[] {
  const used = new Set(region.gateways.flatMap(({ routes }) => routes.map(({ targetId }) => targetId)));
  return region.targets.flatMap(({ id, owner }) => {
    if (!isOwn(owner, spec)) return [];

    const integration = nameNow(spec, 'integration', owner.integration);
    const target = nameNow(spec, 'target', owner.name ?? '', integration);
    const declared = Object.hasOwn(memberOf(spec.integrations, integration)?.targets ?? {}, target);
    const name = `${integration}/${target}`;
    const state = used.has(id) ? 'used' : isUnread(region, 'gateways') ? undefined : 'unused';
    return [{ ...common(region), kind: 'target', name, id, state, declared } as const];
  });
}

function ownedOfGateways(spec: Spec, region: RegionSnapshot): readonly Owned[] {
  return region.gateways.flatMap(
    ({ id: at, name: gatewayName, kind, routes, stages, settings, integrations = [] }): readonly Owned[] => {
      const gateway = { kind, id: at, name: gatewayName };
      const used = new Set(routes.flatMap(({ id, integrationId }) => [id, integrationId]));
      const unused = new Map(integrations.filter(({ id }) => !used.has(id)).map((one) => [one.id, one]));
      const unusedOwned = [...unused.values()].flatMap(({ id, owner }) => {
        if (!isOwn(owner, spec)) return [];

        const name = nameNow(spec, 'integration', owner.integration);
        const state = 'no route uses it';
        return [{ ...common(region), kind: 'integration', name, id, state, declared: false, gateway } as const];
      });
      const created = stages.flatMap(({ name, createdBy }) => {
        if (createdBy === undefined || !isOwn({ ...createdBy, integration: '' }, spec)) return [];

        const declared = isGateway(spec, at);
        return [{ ...common(region), kind: 'stage', name, id: name, declared, gateway } as const];
      });
      const owned = routes.flatMap(({ id, key, owner, linkId, stages: published }) => {
        if (!isOwn(owner, spec)) return [];

        const name = nameNow(spec, 'integration', owner.integration);
        const one = memberOf(spec.integrations, name);
        const declared = one !== undefined && gatewayId(one.gateway) === at && Object.hasOwn(one.routes, key);
        const isCut =
          linkId !== undefined && !isUnread(region, 'links') && !region.links.some((link) => link.id === linkId);
        const state = isCut ? `link ${linkId} not found` : stagesWith(key, published, stages);
        const calledBy = routeAddresses(region.customDomains, { id: at, settings }, key);
        const route = { ...common(region), kind: 'route', name, id, state, declared, gateway } as const;
        return [{ ...route, routeKey: key, ...(calledBy.length === 0 ? {} : { calledBy }) }];
      });
      return [...owned, ...unusedOwned, ...created];
    },
  );
}

/** The stages on which a route can be called. Undefined: none is known. */
function stagesWith(
  key: string,
  published: readonly string[] | undefined,
  stages: readonly Stage[],
): string | undefined {
  if (published !== undefined) return published.join(', ') || 'not published';

  const having = stages.filter(({ autoDeploy, served }) => autoDeploy || served?.routes.some((one) => one.key === key));
  if (having.length > 0) return having.map(({ name }) => name).join(', ');

  return stages.every(({ served }) => served !== undefined) ? 'not deployed' : undefined;
}

/** Whether a list could not be read, as a whole or in part. */
function isUnread({ gaps }: RegionSnapshot, list: 'links' | 'gateways'): boolean {
  return gaps.some(({ of }) => of === undefined || of === list);
}

function isOwn(owner: Owner | undefined, spec: Spec): owner is Owner {
  return mayChange(owner, spec);
}

const common = ({ provider, region, account }: RegionSnapshot) => ({ provider, region, account });

/** The name in the spec now of what a mark may name as it was before. */
function nameNow({ moved = [] }: Spec, kind: string, name: string, integration?: string): string {
  return moved.find((one) => one.kind === kind && one.from === name && one.integration === integration)?.to ?? name;
}

function isLink(spec: Spec, name: string): boolean {
  return memberOf(spec.links, name) !== undefined;
}

function isGateway(spec: Spec, id: string): boolean {
  return Object.values(spec.integrations).some(({ gateway }) => gatewayId(gateway) === id);
}

function memberOf<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
