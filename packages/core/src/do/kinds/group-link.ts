import { fewText } from '../../ground/text/quantities.js';
import type { Gateway } from '../model/gateway.js';
import { mayChange } from '../model/marks.js';
import type { Claimant } from '../model/ownership.js';
import type { Route } from '../model/route.js';

/** A link of the spec, and which one it is where it is there. */
interface NamedLink {
  readonly name: string;
  readonly id?: string | undefined;
}

/**
 * Whether two links of the spec are the same link: two names may refer to one link that another project owns.
 */
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
