import type { Gateway, Stage } from '../../do/model/gateway.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import {
  declaredThrottles,
  hasCache,
  hasLimits,
  stagesNamed,
  throttleOf,
} from '../../do/kinds/gateway/gateway-spec.js';
import { mayChange } from '../../do/model/marks.js';
import type { Spec } from '../../do/spec.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { prepare } from '../../do/world/prepare.js';
import type { CheckInput } from '../../do/world/views.js';
import type { OwnedLink, OwnedRoute, OwnedSetting, OwnedTarget } from '../rows/owned.js';

/** What a spec owns in one account and region. */
export interface Owned {
  readonly region: RegionSnapshot;
  readonly links: readonly OwnedLink[];
  readonly routes: readonly OwnedRoute[];
  readonly targets: readonly OwnedTarget[];
  /** Stages that the spec deploys to. */
  readonly stages: readonly { readonly gateway: Gateway; readonly stage: Stage }[];
  readonly settings: readonly OwnedSetting[];
}

/** What carries the marks of a spec and is declared by it, and a sentence for each thing that does not exist. */
export function ownedBy(
  snapshot: Snapshot,
  spec: Spec,
  clouds: Clouds,
): { readonly owned: readonly Owned[]; readonly lacks: string[] } {
  const now = Date.parse(snapshot.takenAt);
  const { input } = prepare(sortSnapshot(snapshot), spec, { clouds, now, passes: false }); // as a check sees them
  const lacks: string[] = [];
  const regions = new Set(
    [...input.links, ...input.integrations.map(({ link }) => link)].map(({ region }) => region.region),
  );
  const owned = [...regions].map((region): Owned => {
    const links = ownLinks(input, region, lacks);
    const routes = ownRoutes(input, region, lacks);
    const gateways = new Map(routes.map(({ gateway }) => [gateway.id, gateway] as const));
    return {
      region,
      links,
      routes,
      targets: ownTargets(input, region),
      stages: [...gateways.values()].flatMap((gateway) =>
        gateway.stages.filter(({ autoDeploy }) => !autoDeploy).map((stage) => ({ gateway, stage })),
      ),
      settings: ownSettings(input, region, lacks),
    };
  });
  return { owned, lacks };
}

function ownLinks({ links, spec }: CheckInput, region: RegionSnapshot, lacks: string[]): readonly OwnedLink[] {
  return links.flatMap(({ name, spec: declared, region: index, link, unresolved }): readonly OwnedLink[] => {
    if (index.region !== region || declared.owner === 'external') return [];
    if (link === undefined || !mayChange(link.owner, spec)) {
      lacks.push(unresolved?.message ?? lackOf(`link ${link?.id ?? name}`, link));
      return [];
    }

    const list = region.allowlists.find((one) => one.linkId === link.id && one.owned);
    const group = region.securityGroups.find(
      ({ id }) => id === list?.securityGroupId && link.securityGroupIds.includes(id),
    );
    const entries = group === undefined && list?.filter !== 'none' ? (list?.entries ?? []) : [];
    return [{ name, link, group, listsElsewhere: entries.some(({ fixed }) => fixed !== true) }];
  });
}

function ownRoutes({ integrations, spec }: CheckInput, region: RegionSnapshot, lacks: string[]): readonly OwnedRoute[] {
  return integrations.flatMap(({ name, spec: declared, link: of, gateway, unresolved }): readonly OwnedRoute[] => {
    if (of.region.region !== region || declared.owner === 'external') return [];

    const { link } = of;
    if (gateway === undefined || link === undefined) {
      if (unresolved !== undefined) lacks.push(unresolved.message);
      return [];
    }

    return Object.keys(declared.routes).flatMap((key): readonly OwnedRoute[] => {
      const route = gateway.routes.find((one) => one.key === key);
      const target = region.targets.find(({ id }) => id === route?.targetId);
      if (route !== undefined && mayChange(route.owner, spec)) return [{ name, gateway, route, link, target }];

      lacks.push(lackOf(`route ${key} of ${gateway.id}`, route));
      return [];
    });
  });
}

/** What the spec declares of stages, as it is. */
function ownSettings({ integrations }: CheckInput, region: RegionSnapshot, lacks: string[]): readonly OwnedSetting[] {
  return integrations.flatMap(({ name, spec: declared, link, gateway }) => {
    if (link.region.region !== region || declared.owner === 'external' || gateway === undefined) return [];

    const { throttle, clientCertificate, cache } = declared.stageSettings ?? {};
    return stagesNamed(gateway, declared.gateway).flatMap((stage) => {
      const of = `stage ${stage.name} of ${gateway.id}`;
      const unlike = (what: string): void => void lacks.push(`${what} differs from the spec: apply the spec first`);
      const isPresented = clientCertificate !== undefined && stage.clientCertificate?.id === clientCertificate;
      const isCached = cache !== undefined && hasCache(stage.cache, cache);
      if (cache !== undefined && !isCached) unlike(`the cache of ${of}`);
      const isLimited = throttle !== undefined && hasLimits(stage.throttle, throttle);
      if (throttle !== undefined && !isLimited) unlike(`the throttle of ${of}`);
      const base = { name, gateway, stage, ...(isCached ? { cache: stage.cache } : {}) };
      const limits = declaredThrottles(declared.settings).flatMap(({ key, throttle: wanted }) => {
        const is = throttleOf(stage, key);
        if (hasLimits(is, wanted)) return [{ ...base, key, throttle: is }];

        unlike(`the throttle of ${key} on ${of}`);
        return [];
      });
      return [
        ...(isPresented || isCached ? [{ name, gateway, stage }] : []),
        // One resource has both.
        ...(isLimited || isCached ? [{ ...base, throttle: stage.throttle ?? {} }] : []),
        ...limits,
      ];
    });
  });
}

/** Why a declared thing is not exported. */
function lackOf(what: string, found: object | undefined): string {
  return found === undefined
    ? `${what} does not exist: apply the spec first`
    : `${what} does not carry the mark of the spec, so it is not written`;
}

function ownTargets({ integrations, spec }: CheckInput, region: RegionSnapshot): readonly OwnedTarget[] {
  const found = integrations.flatMap(({ name, spec: declared, link, targets }) =>
    link.region.region !== region || declared.owner === 'external'
      ? []
      : targets.flatMap(({ name: part, target }) =>
          target !== undefined && mayChange(target.owner, spec)
            ? [[target.id, { name: `${name}_${part}`, target }] as const]
            : [],
        ),
  );
  return [...new Map(found).values()];
}
