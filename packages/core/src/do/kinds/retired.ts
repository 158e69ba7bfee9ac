import type { Clouds } from './cloud/clouds.js';
import type { LinkKind } from '../model/link.js';
import type { Retirement } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** Ends that prevent a new link. */
const NEEDED: ReadonlySet<Retirement['ends']> = new Set(['sale', 'service']);

/**
 * Why a link of this region cannot be created any more, although nothing in the account prevents it: the provider no longer sells, or
 * no longer runs, the product. Undefined where it does. The text depends on the retirement dates that have passed, not on how long
 * ago, so that a plan made yesterday is the same today.
 */
export function saleEnded(clouds: Clouds, region: RegionSnapshot, kind: LinkKind, takenAt: string): string | undefined {
  const over = retirementOf(clouds, region, kind).filter(
    ({ at, ends }) => NEEDED.has(ends) && Date.parse(at) <= Date.parse(takenAt),
  );
  return over.length === 0 ? undefined : over.map(({ at, what }) => `${what} as of ${at.slice(0, 10)}`).join(', ');
}

/** The dates on which the product of links of a kind ends; none of a product that succeeds another one. */
export function retirementOf(
  clouds: Clouds,
  { retirement = [] }: Pick<RegionSnapshot, 'retirement'>,
  kind: LinkKind,
): readonly Retirement[] {
  return clouds.link(kind).succeeds === true ? [] : retirement;
}

/** As `saleEnded`, with what to do instead of the creation of link `name`. */
export function retiredText(
  clouds: Clouds,
  region: RegionSnapshot,
  kind: LinkKind,
  name: string,
  takenAt: string,
): string | undefined {
  const dates = saleEnded(clouds, region, kind, takenAt);
  if (dates === undefined) return undefined;
  const { successor } = clouds.link(kind);
  const move =
    successor === undefined ? 'the product that the provider offers instead' : `${successor.name}: ${successor.page}`;
  return `${dates}, so this will be refused; write the ID of an existing link as links.${name}.id, or move to ${move}`;
}
