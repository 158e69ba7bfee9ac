import type { CallContext } from '../../ground/calls/call-context.js';
import type { Link, LinkState } from '../model/link.js';
import { isMarkOfLink } from '../world/resolve/link-identity.js';
import type { LinkMethods } from './methods-of-kinds.js';

/** Of several links with one mark the most usable comes first. */
const USABLE: readonly LinkState[] = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];

/** The order of `links.find`: the most usable first; of two equal ones the older, then the one whose ID sorts first. */
export function byUse(
  a: Pick<Link, 'id' | 'state' | 'createdAt'>,
  b: Pick<Link, 'id' | 'state' | 'createdAt'>,
): number {
  const age = ({ createdAt = '', id }: Pick<Link, 'id' | 'createdAt'>): string => `${createdAt} ${id}`;
  return USABLE.indexOf(a.state) - USABLE.indexOf(b.state) || (age(a) < age(b) ? -1 : 1);
}

/**
 * How a kind of link is found whose links, with their marks, are read with one list. `list` must return all links of the region, in any
 * state. Guaranteed: of several links with one mark the most usable, then the oldest.
 */
export function listedLinks(
  list: (ctx: CallContext) => Promise<readonly Link[]>,
): Pick<LinkMethods, 'find' | 'statuses'> {
  return {
    find: async (by, ctx) => {
      const isWanted = (link: Link): boolean =>
        'id' in by ? link.id === by.id : isMarkOfLink(link.owner, by.owner, link);
      return (await list(ctx)).filter(isWanted).toSorted(byUse)[0];
    },
    statuses: async (ids, ctx) => (await list(ctx)).filter(({ id }) => ids.includes(id)),
  };
}
