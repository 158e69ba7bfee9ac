import type { Clouds } from './cloud/clouds.js';
import type { LinkKind } from '../model/link.js';
import type { Retirement } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { fewText } from '../../ground/text/quantities.js';
import type { Gateway } from '../model/gateway.js';
import { mayChange } from '../model/marks.js';
import type { Claimant } from '../model/ownership.js';
import type { Route } from '../model/route.js';

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

/** A link of the spec, and which one it is where it is there. */
interface NamedLink {
  readonly name: string;
  readonly id?: string | undefined;
}

/** Whether two links of the spec are the same link: two names may refer to one link that another project owns. */
export function isSameLink(a: NamedLink, b: NamedLink): boolean {
  return a.name === b.name || (a.id !== undefined && a.id === b.id);
}

/** Published routes of a gateway that Postern does not manage, and that would move with it: Postern does not move such a gateway. */
export function publishedByOthers({ routes }: Pick<Gateway, 'routes'>, by: Claimant): readonly Route[] {
  return routes.filter(
    ({ owner, stages = [], publishedOn = stages }) => !mayChange(owner, by) && publishedOn.length > 0,
  );
}

/** Why such a gateway is not moved, and what to do: `wanted` is the link that it should be on. */
export function othersText(
  { id, linkId }: Pick<Gateway, 'id' | 'linkId'>,
  wanted: NamedLink,
  others: readonly Route[],
): { readonly message: string; readonly remedy: string } {
  const keys = others.map(({ key }) => key);
  const apis = others.length === 1 ? '1 API' : `${others.length} APIs`;
  const there = wanted.id ?? `link ${wanted.name}`;
  return {
    message: `API group ${id} is on ${linkId ?? 'another instance'}, not on ${there}, and ${apis} that Postern does not manage ${others.length === 1 ? 'is' : 'are'} published there: ${fewText(keys, 5)}`,
    remedy:
      wanted.id === undefined
        ? `Use an API group of your own. Or create link ${wanted.name} without this integration, and move the whole group to it first.`
        : `Move the whole group to ${wanted.id} first, or use an API group of your own.`,
  };
}
