import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { MoveRequest } from './move-plan.js';

/** The ID of the link that a name means; the text itself where no link has that name. */
export type LinkIdOf = (name: string) => Promise<string> | string;

/** A request with IDs in place of the names of links; the same object where it names links by their IDs. */
export function withLinkIds(request: MoveRequest, idOf: (name: string) => string): MoveRequest {
  const from = 'from' in request ? request.from : undefined;
  const ids = { to: idOf(request.to), ...(from === undefined ? {} : { from: idOf(from) }) };
  return ids.to === request.to && ids.from === from ? request : { ...request, ...ids };
}

/** IDs from a snapshot. @throws {InvalidInputError} `AMBIGUOUS` where several links have the name. */
export function linkIdsIn({ regions }: Pick<Snapshot, 'regions'>): (name: string) => string {
  const links = regions.flatMap((region) => region.links);
  return (name) => {
    if (links.some(({ id }) => id === name)) return name;
    const ids = links.filter((link) => link.name === name).map(({ id }) => id);
    if (ids.length > 1) {
      throw new InvalidInputError('AMBIGUOUS', `${name} matches several links: ${ids.join(', ')}`, {
        remedy: 'Write the ID of the intended link.',
      });
    }
    return ids[0] ?? name;
  };
}
