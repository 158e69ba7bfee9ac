import { defined } from '../../ground/defined.js';
import { counted } from '../../ground/text/quantities.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { gatewaySpec } from '../kinds/cloud/gateway-kinds.js';
import { ownershipOf } from '../model/ownership.js';
import { placeKey } from '../model/traits.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Spec } from '../spec.js';
import { linkOwner, markedNames } from '../world/resolve/link-identity.js';
import { UNNAMED } from '../world/unnamed-gateways.js';
import { isElsewhere, isLeftOn } from '../world/routes/deployed-routes.js';
import type { FormerPlace } from './plan.js';

/** Where a spec may have resources besides what it names. */
export interface Elsewhere {
  readonly places: readonly FormerPlace[];
  /** Nothing records all of them: in the regions of the spec, up to 20 gateways are read that it does not name. */
  readonly isUnknown?: boolean | undefined;
}

/** How many gateways are read in a region that the spec does not name. Reading one takes three to five calls. */
export const MOST_UNNAMED = 20;

/** As text: what was not read, where it is known that it exists. */
export function notReadTexts({ regions }: Snapshot, { isUnknown = false }: Partial<Elsewhere> = {}): readonly string[] {
  return regions.flatMap(({ provider, region, otherGateways = [], gaps, unread, access, account }) => {
    const place = `${provider} ${region}`;
    if (unread !== undefined && access?.length === 0) return [`${place} of account ${account} (${unread.code})`];

    if (!isUnknown) return [];

    const lists = gaps.flatMap(({ id, what, code }) => (id === UNNAMED ? [`${what} in ${place} (${code})`] : []));
    const { length } = otherGateways;
    return [...lists, ...(length === 0 ? [] : [`${counted(length, 'gateway')} in ${place}; --all reads them`])];
  });
}

/** Whether a plan deletes a resource. */
export type Goes = (resource: {
  readonly type: string;
  readonly name?: string;
  readonly id?: string | undefined;
}) => boolean;

/**
 * Where a snapshot has something of a spec, after what `goes` is deleted. By default it has what a plan looked at besides what its spec
 * names, and what has to be looked at again to compute it.
 */
export function leftIn(
  { regions }: Snapshot,
  spec: Spec,
  clouds: Clouds,
  elsewhere: readonly FormerPlace[],
  { goes, isRemoval }: { readonly goes?: Goes; readonly isRemoval?: boolean } = {},
): readonly FormerPlace[] {
  const names = new Set(isRemoval === true ? [] : Object.keys(spec.links).flatMap((name) => markedNames(spec, name)));
  return regions.flatMap((region) => {
    const { provider, product, account, unread } = region;
    if (unread !== undefined) return [];

    const given = elsewhere.find((one) => isAt(one, region));
    const links = region.links.filter((link) => {
      const owner = linkOwner(region, link);
      const isDeclared = owner !== undefined && names.has(owner.integration) && !isElsewhere(region);
      return ownershipOf(owner, spec) === 'own' && !isDeclared && goes?.({ type: 'link', id: link.id }) !== true;
    });
    const by = isRemoval === true ? { ...spec, integrations: {} } : spec;
    const gateways = region.gateways.filter((one) => {
      // What a route calls is deleted with it.
      const routes = one.routes.filter(({ owner }) => ownershipOf(owner, spec) === 'own');
      return (
        isLeftOn(one, by) && (routes.length === 0 || routes.some(({ id }) => goes?.({ type: 'route', id }) !== true))
      );
    });
    // A plan is computed again from the same places, whatever they have.
    const isAgain = goes === undefined && isElsewhere(region);
    if (gateways.length + links.length === 0 && !isAgain) return [];

    const { profile, assumeRole } = given ?? region.access?.[0] ?? {};
    return [
      {
        provider,
        region: region.region,
        account,
        ...defined({ product, profile, assumeRole }),
        gateways: gateways.map((one) => gatewaySpec(clouds, one)),
        linkKinds: [...new Set(links.map(({ kind }) => kind))],
      },
    ];
  });
}

/** Whether a place that is known is that of a region. */
export function isAt(
  place: FormerPlace,
  { provider, product, region, account }: Omit<FormerPlace, 'gateways'>,
): boolean {
  return placeKey({ ...place, account: place.account ?? account }) === placeKey({ provider, product, region, account });
}
