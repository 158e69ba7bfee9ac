import { gatewaySpec } from '../../../do/kinds/cloud/gateway-kinds.js';
import { madeOnce } from '../../../do/world/derived.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { Link } from '../../../do/model/link.js';
import type { Target } from '../../../do/model/target.js';
import type {
  CheckInput,
  Found,
  IntegrationView,
  LinkView,
  Missing,
  RegionIndex,
  TargetView,
} from '../../../do/world/views.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import { refsOf } from '../../../do/world/uses/moved-backends.js';
import { aboutTarget } from '../../../do/findings/subject.js';
import { backends, type BackedTarget } from '../../path/balancers/balancers.js';
import { backendOf } from '../../path/balancers/backend.js';

/**
 * Every target with its backend: those of the spec, and those that live routes call otherwise than declared. Until the spec is
 * applied, and until the drain of what it replaces has ended, both are called.
 */
export function allCalled(input: CheckInput): readonly BackedTarget[] {
  return input.derived('targets that are called', (of) => [...backends(of), ...liveTargets(of)]);
}

/** The targets that live routes call by another link than the declared one, or that the spec does not declare. */
export function liveTargets(input: CheckInput): readonly BackedTarget[] {
  return liveCalls(input).targets;
}

/** Why the live routes of a region may have callers that are not known: a route, a link or a target was not read. */
export function liveCallsMissing(input: CheckInput, region: RegionIndex): Missing | undefined {
  return liveCalls(input).missing.get(region);
}

interface LiveCalls {
  readonly targets: readonly BackedTarget[];
  /** The first of each region. */
  readonly missing: ReadonlyMap<RegionIndex, Missing>;
}

const liveCalls = (input: CheckInput): LiveCalls => input.derived('live targets', readLive);

function readLive(input: CheckInput): LiveCalls {
  const seen = new Set(
    input.integrations.flatMap(({ link, targets }) =>
      targets.map(({ target }) => keyOf(link.region, link.link?.id, target?.id)),
    ),
  );
  const targets: BackedTarget[] = [];
  const missing = new Map<RegionIndex, Missing>();
  const lacks = (region: RegionIndex, fact: Missing): void => {
    if (!missing.has(region)) missing.set(region, fact);
  };
  for (const { link, spec } of input.integrations) {
    const gap = link.region.missing('gateways', gatewayId(spec.gateway));
    if (gap?.failed === true) lacks(link.region, gap);
  }
  for (const region of new Set(input.links.map((link) => link.region))) {
    for (const gateway of region.region.gateways) {
      for (const [linkId, targetId] of callsOf(gateway)) {
        const key = keyOf(region, linkId, targetId);
        if (seen.has(key)) continue;

        seen.add(key);
        const link = region.find('links', linkId);
        if (link.is === 'found' && region.clouds.link(link.value.kind).callsFrom === 'load balancer') continue;

        const target = targetAt(region, gateway, targetId);
        if (link.is === 'unknown') lacks(region, link.missing);
        else if (link.is === 'found' && target.is === 'unknown') lacks(region, target.missing);
        else if (link.is === 'found' && target.is === 'found')
          targets.push(...backed(gateway, linkAsCaller(input, region, link.value), target.value));
      }
    }
  }
  return { targets, missing };
}

/**
 * What a live route calls: a listener of which the snapshot has no target, because no spec names it, is one all the same. The
 * lists hold what the spec names, so that an ID which they lack may exist.
 */
function targetAt(region: RegionIndex, gateway: Gateway, id: string): Found<Target> {
  const target = region.find('targets', id);
  if (target.is !== 'absent') return target;

  const listener = region.find('listeners', id);
  if (listener.is === 'unknown') return listener;
  if (listener.is === 'found') {
    const { loadBalancerId: resourceId, port } = listener.value;
    return { is: 'found', value: { kind: 'listener', id, resourceId, port, raw: null } };
  }
  if (region.all('targets').missing === undefined) return target;

  const what = `the backend ${id} of other routes of ${gateway.name || gateway.id}`;
  return { is: 'unknown', missing: { what, remedy: 'Check a snapshot of the whole region (`postern snapshot`).' } };
}

const keyOf = ({ region }: RegionIndex, linkId?: string, targetId?: string): string =>
  JSON.stringify([region.provider, region.region, region.account, linkId, targetId]);

/** The link and the target of each route of a gateway: of its working copy, and of what its stages serve. */
function* callsOf({ routes, stages, uses = [], linkId: common }: Gateway): Iterable<readonly [string, string]> {
  const served = stages.flatMap(({ served: own, canary }) => [
    ...(own?.routes ?? []),
    ...(canary?.served?.routes ?? []),
  ]);
  for (const { linkId = common, targetId, publishedTargets = {} } of [...routes, ...served]) {
    if (linkId === undefined) continue;

    for (const id of [targetId, ...Object.values(publishedTargets)]) if (id !== undefined) yield [linkId, id];
  }
  for (const { linkId = common, targetId } of uses)
    if (linkId !== undefined && targetId !== undefined) yield [linkId, targetId];
}

/** A live link as a caller: the view of the spec where it declares the link, otherwise the link alone. */
export function linkAsCaller(input: CheckInput, region: RegionIndex, link: Link): LinkView {
  return madeOnce(input, 'live links as callers', link, () => {
    const declared = input.links.find((one) => one.region === region && one.link === link);
    return declared ?? viewOf(region, link);
  });
}

function viewOf(region: RegionIndex, link: Link): LinkView {
  const { id, kind, subnetIds, securityGroupIds, networkId } = link;
  const { provider, region: name } = region.region;
  return {
    name: link.name || id,
    spec: { provider, region: name, kind, id, owner: 'external', tags: {} },
    region,
    kind,
    traits: region.clouds.link(kind),
    link,
    subnetIds,
    securityGroupIds,
    networkId,
    troubles: [],
    obstacles: [],
    declared: {},
    marked: { own: [], others: [], unlike: [] },
    integrations: [],
  };
}

function backed(gateway: Gateway, link: LinkView, target: Target): readonly BackedTarget[] {
  const name = target.name ?? target.id;
  return refsOf(target).flatMap((ref) => {
    const view: TargetView = { name, spec: { ref }, target, routeKeys: [] };
    const integration: IntegrationView = {
      name: gateway.name || gateway.id,
      spec: {
        link: link.name,
        gateway: gatewaySpec(link.region.clouds, gateway),
        targets: { [name]: view.spec },
        routes: {},
      },
      link,
      targets: [view],
      gateway,
      obstacles: [],
    };
    const backend = backendOf(integration, view);
    return backend === undefined ? [] : [{ integration, target: view, about: aboutTarget(integration, view), backend }];
  });
}
