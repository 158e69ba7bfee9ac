import type { CallContext } from '../../ground/calls/call-context.js';
import { unlessGone } from '../../ground/calls/answers.js';
import { CloudError } from '../../ground/errors.js';
import type { RouteAdoption } from '../abilities.js';
import { isMarkOf } from '../model/marks.js';
import type { Claim } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { OfKind, RouteMethods } from './methods-of-kinds.js';

/** What an adapter does with a route that was found. */
export interface MarkedRouteMethods extends Pick<RouteMethods, 'find'> {
  readonly remove: (route: Route, ctx: CallContext) => Promise<unknown>;
  /** Writes the mark of an owner and nothing else; undefined removes the mark that the route has. */
  readonly mark: (route: Route, owner: Claim | undefined, ctx: CallContext) => Promise<unknown>;
}

/**
 * How routes are deleted, adopted and forgotten whose mark is their own. `find` must return the route with its `owner`; `remove` and `mark`
 * may reject with `NOT_FOUND`. Guaranteed: a route of another owner is not changed, and each method succeeds when it is called again.
 */
export function markedRoutes({
  find,
  remove,
  mark,
}: MarkedRouteMethods): Pick<RouteMethods, 'find' | 'delete'> & OfKind<RouteAdoption> {
  /** @throws {CloudError} `NOT_OURS` */
  const refuseOthers = ({ key, owner: is }: Route, owner: Claim, operation: string): void => {
    if (isMarkOf(is, owner)) return;

    const details = is && { project: is.project, spec: is.spec };
    throw new CloudError('NOT_OURS', `${key} carries ${is ? 'another' : 'no'} mark`, { operation, details });
  };

  return {
    find,
    delete: async (gateway, key, owner, ctx, by) => {
      const route = await unlessGone(find(gateway, key, ctx, by));
      if (route === undefined) return;

      refuseOthers(route, owner, 'delete');
      await unlessGone(remove(route, ctx));
    },
    adopt: async (gateway, key, owner, ctx) => {
      const route = await find(gateway, key, ctx);
      if (route === undefined) throw new CloudError('NOT_FOUND', `${key} does not exist`, { operation: 'adopt' });

      if (route.owner !== undefined) refuseOthers(route, owner, 'adopt');
      await mark(route, owner, ctx);
    },
    forget: async (gateway, key, owner, ctx) => {
      const route = await unlessGone(find(gateway, key, ctx));
      if (route?.owner === undefined) return;

      refuseOthers(route, owner, 'forget');
      await unlessGone(mark(route, undefined, ctx));
    },
  };
}
