import { defined } from '../../ground/defined.js';
import type { ListenerAction } from '../../do/model/load-balancer.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { mappingsTo } from '../../do/world/routes/custom-domains.js';
import type { AddressedFinding, JudgedRoute } from './routes.js';
import type { JudgedWorld } from './judged-world.js';
import { related } from './worlds.js';

/** What a plan is asked of each resource that it creates or changes. */
export const REFUSED_RULE: Rule = {
  id: 'plan/refused',
  title: 'The cloud accepts the values that are in the plan',
  severity: 'error',
  about:
    'A cloud refuses a resource for values that are in the plan: a form, a combination, a name that is taken. The apply ends with ' +
    'an error, and what needs the resource does not exist or is as before. Correct the value at the address.',
  sources: [],
};

/** A resource that the cloud refuses. */
export interface Refused {
  readonly address: string;
  /** The IDs of what it is, or what it belongs to. */
  readonly ids: readonly string[];
  /** The addresses of what is not created without it, where that is known. */
  readonly needing?: ReadonlySet<string> | undefined;
  /** The IDs of what does not come to be. */
  readonly lacking?: ReadonlySet<string> | undefined;
  /** Routes that were delivered without it, by gateway and key: they do not need it. */
  readonly spared?: ReadonlySet<string> | undefined;
  readonly finding: Finding;
}

/** The refused resources that an integration needs: itself, and what is on its path. */
export function refusedOn(
  address: string,
  route: JudgedRoute | undefined,
  { laid, destinations }: Pick<JudgedWorld, 'laid' | 'destinations'>,
  refused: readonly Refused[],
): readonly Refused[] {
  if (refused.length === 0) return [];

  const goes = route && destinations(route);
  const shares = goes !== undefined && 'length' in goes ? goes.flatMap((one) => one.shares) : undefined;
  const snapshot = shares === undefined ? laid.snapshot : calledBy(laid.snapshot, new Set(shares.map(({ id }) => id)));
  const path = route === undefined ? new Set<string>() : pathOf(route, snapshot);
  // A call that is delivered by the former link or target is not one of the plan.
  const isSpared = ({ spared, lacking }: Refused): boolean =>
    spared?.has(`${route?.gatewayId} ${route?.key}`) === true &&
    ![route?.linkId, route?.targetId].some((id) => id !== undefined && lacking?.has(id) === true);
  return refused.filter(
    (one) =>
      one.address === address ||
      one.needing?.has(address) === true ||
      (!isSpared(one) && one.ids.some((id) => path.has(id))),
  );
}

/** A snapshot whose listeners forward to no other target groups than those that calls go to. */
function calledBy(snapshot: Snapshot, called: ReadonlySet<string>): Snapshot {
  const regions = snapshot.regions.map((region) => {
    const isKept = (id: string): boolean =>
      called.has(id) || region.targetGroups?.find((one) => one.id === id)?.kind === 'load-balancer';
    const kept = (actions: readonly ListenerAction[]): readonly ListenerAction[] =>
      actions.map((one) => ({ ...one, ...defined({ targetGroupIds: one.targetGroupIds?.filter(isKept) }) }));
    const listeners = region.listeners.map((one) => ({
      ...one,
      ...defined({
        actions: one.actions && kept(one.actions),
        rules: one.rules?.map((rule) => ({ ...rule, actions: kept(rule.actions) })),
      }),
    }));
    return { ...region, listeners };
  });
  return { ...snapshot, regions };
}

/** The IDs of all that is on the path of a route. */
export function pathOf(
  { gatewayId, routeId, linkId, targetId = '' }: JudgedRoute,
  snapshot: Snapshot,
): ReadonlySet<string> {
  // The ID of a method begins with that of its resource.
  const [resource = ''] = routeId.split('/');
  const known = new Set([gatewayId, routeId, resource, linkId, targetId]);
  // A target that no listener has is named by its load balancer.
  known.add(targetId.replace(/:\d+$/, ''));
  const region = snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === gatewayId));
  if (region === undefined) return known;

  // Without a name of its own a gateway is called by its custom domain.
  const isNamed = region.gateways.some(({ id, endpoint }) => id === gatewayId && endpoint === 'disabled');
  const [by, ...others] = isNamed ? mappingsTo(region.customDomains ?? [], gatewayId) : [];
  if (by !== undefined && others.length === 0) known.add(by.domain.id);

  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const id of related(region, known, new Map())) known.add(id);
  }
  known.delete('');
  return known;
}

/** The findings of refused resources, with the addresses of the routes that need them. */
export function refusedFindings(
  refused: readonly Refused[],
  needing: ReadonlyMap<Refused, readonly string[]>,
): readonly AddressedFinding[] {
  return refused.map((one) => ({
    ...one.finding,
    addresses: [...new Set([one.address, ...(needing.get(one) ?? [])])],
  }));
}
