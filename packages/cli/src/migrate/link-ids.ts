import { InvalidInputError, isPosternError, type Snapshot } from '@postern/core';
import type { AskedMove } from './move-options.js';

/** The ID of the link that a name means; the text itself where no link has that name. */
export type LinkIdOf = (name: string) => Promise<string> | string;

/** The request, with IDs in place of the names of links. */
export async function withLinkIds(asked: AskedMove, idOf: LinkIdOf): Promise<AskedMove> {
  if ('stage' in asked) {
    const { from, to } = asked.stage;
    const named = from === undefined ? {} : { from: await idOf(from) };
    return { stage: { ...asked.stage, ...named, to: await idOf(to) } };
  }
  if ('all' in asked) {
    const { from, to } = asked.all;
    return { all: { ...asked.all, from: await idOf(from), to: await idOf(to) } };
  }
  const { one } = asked;
  if ('group' in one) return { one: { ...one, to: await idOf(one.to) } };
  return { one: { ...one, from: await idOf(one.from), to: await idOf(one.to) } };
}

/** IDs from a snapshot. @throws {InvalidInputError} `AMBIGUOUS` where several links have the name. */
export function linkIdsIn(snapshot: Snapshot): LinkIdOf {
  const links = snapshot.regions.flatMap((region) => region.links);
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

/**
 * IDs from the cloud. `find` throws `NOT_FOUND` where the link does not exist, which the validation then
 * reports.
 */
export function linkIdsBy(find: (name: string) => Promise<{ readonly id: string }>): LinkIdOf {
  return async (name) => {
    try {
      return (await find(name)).id;
    } catch (error) {
      if (isPosternError(error, 'NOT_FOUND')) return name;
      throw error;
    }
  };
}
