import { isPosternError } from '@postern/core/internal/library';
import type { LinkIdOf } from '@postern/core/internal/moves';
import type { AskedMove } from './move-options.js';

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
