import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { WholeMove } from '../../do/kinds/link/link-traits.js';
import type { LinkKind } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';

/** What texts call a link whose gateways move together, its gateways, and the kinds of these: `API group`. */
export interface WholeMoveWords extends WholeMove {
  readonly kinds: string;
}

/** The kinds of link whose gateways move together, in the order of the clouds. */
export function wholeMovingKinds(clouds: Clouds): readonly LinkKind[] {
  return clouds.linkKinds.filter((kind) => clouds.link(kind).movesWhole !== undefined);
}

/** What to call a link, by its kind where it was read; otherwise as the first kind that moves so. */
export function wholeMoveOf(clouds: Clouds, regions: readonly RegionSnapshot[], id: string): WholeMoveWords {
  const found = regions.flatMap(({ links }) => links).find((link) => link.id === id)?.kind;
  const kinds = wholeMovingKinds(clouds);
  const kind = kinds.find((one) => one === found) ?? kinds[0];
  const words = kind === undefined ? undefined : clouds.link(kind).movesWhole;
  if (kind === undefined || words === undefined)
    return { link: 'link', gateway: 'gateway', kinds: 'gateway that moves' };
  const onIt = clouds.gatewayKinds.filter((one) => clouds.gateway(one).links.includes(kind));
  return { ...words, kinds: onIt.map((one) => clouds.gatewayNoun(one)).join(' or ') };
}
