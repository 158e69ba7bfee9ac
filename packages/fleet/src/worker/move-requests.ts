import type { RegionSnapshot, Snapshot } from '@postern/core';
import { gatewayOfStage, linkIdsIn, type MoveRequest } from '@postern/core/moves';
import { groupsOf } from './groups-of.js';

/** A request with IDs in place of names. `isDone`: what it names uses the new link already. */
export type FoundRequest = { readonly request: MoveRequest; readonly isDone: boolean };

/**
 * The requests that an entry of `moves` means in an account and region: one, or one for each API group whose name matches.
 * @throws {InvalidInputError} `NOT_FOUND` where no group matches, `AMBIGUOUS` where several links have the name
 */
export function requestsOf(asked: MoveRequest, snapshot: Snapshot): readonly FoundRequest[] {
  const region = snapshot.regions[0];
  if (region === undefined) return [];
  const idOf = linkIdsIn(snapshot);
  const to = idOf(asked.to);
  if ('stage' in asked) {
    const from = asked.from === undefined ? {} : { from: idOf(asked.from) };
    return [one({ ...asked, ...from, to }, hasMoved(region, { gateway: gatewayOfStage(asked), ...from, to }))];
  }
  if ('group' in asked) {
    const groups = region.gateways.filter(({ linkId }) => linkId !== undefined); // routes of other kinds have links of their own
    return groupsOf(asked.group, region, groups).map(({ id, linkId }) => one({ group: id, to }, linkId === to));
  }
  const from = idOf(asked.from);
  if ('api' in asked)
    return [one({ ...asked, from, to }, hasMoved(region, { gateway: asked.api, from, to, route: asked.route }))];
  const isLeft = region.gateways.some(({ linkId }) => linkId === from);
  const isKnown = region.links.some(({ id }) => id === from) && !hasGaps(region);
  return [one({ from, to }, isKnown && !isLeft)];
}

const one = (request: MoveRequest, isDone: boolean): FoundRequest => ({ request, isDone });

/** Whether routes of a gateway use the new link, and none that is meant uses the old one. */
function hasMoved(
  { gateways }: RegionSnapshot,
  {
    gateway: id,
    from,
    to,
    route,
  }: { readonly gateway: string; readonly from?: string; readonly to: string; readonly route?: string | undefined },
): boolean {
  const routes = gateways.find((gateway) => gateway.id === id)?.routes ?? [];
  const meant = routes.filter(({ key, linkId }) => linkId !== undefined && (route ?? key) === key);
  const isOld = (linkId: string | undefined): boolean => (from === undefined ? linkId !== to : linkId === from);
  return meant.some(({ linkId }) => linkId === to) && !meant.some(({ linkId }) => isOld(linkId));
}

function hasGaps({ gaps }: RegionSnapshot): boolean {
  return gaps.some(({ of }) => of === undefined || of === 'gateways');
}
