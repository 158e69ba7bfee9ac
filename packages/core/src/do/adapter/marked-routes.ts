import type { CallContext } from '../../ground/calls/call-context.js';
import { unlessGone } from '../../ground/calls/answers.js';
import { CloudError, PosternError, UnsupportedError } from '../../ground/errors.js';
import type { RouteAdoption } from '../abilities.js';
import { isMarkOf } from '../model/marks.js';
import type { Claim } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { OfKind, RouteMethods, MoveMethods } from './methods-of-kinds.js';
import { GONE, type MoveUnit } from '../move-driver.js';

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

/** What an adapter does with the routes of a gateway. */
export interface RouteMoveMethods {
  /** All routes of a gateway. */
  readonly list: (gateway: string, ctx: CallContext) => Promise<readonly Route[]>;
  /** Leads a route over another link at once, and keeps all else of it. */
  readonly lead: (route: Route, linkId: string, ctx: CallContext) => Promise<unknown>;
}

type Captured = readonly { readonly key: string; readonly targetId: string | null }[];

/**
 * How routes move that change their link in place: with no part of the calls on each link, and with nothing to prepare or to release. For
 * kinds of gateway with `routesMove`. `lead` must be safe to repeat. Guaranteed: a route that something else led elsewhere is left as it is
 * (`WORLD_MOVED` where all were), and a run that was killed between two routes continues with those that are left.
 */
export function routeMoves({ list, lead }: RouteMoveMethods): MoveMethods {
  const routesOf = async ({ gateway, routes }: MoveUnit, ctx: CallContext): Promise<readonly Route[]> =>
    (await list(gateway.id, ctx)).filter(({ key }) => routes?.includes(key) ?? true);
  const targetsOf = async (unit: MoveUnit, ctx: CallContext): Promise<Captured> =>
    (await routesOf(unit, ctx)).map(({ key, targetId = null }) => ({ key, targetId }));

  /** The routes of a unit that are on one of its links, those on the new one, and what something else led elsewhere. */
  const sidesOf = async (unit: MoveUnit, ctx: CallContext) => {
    const { from, to } = unit;
    const routes = await routesOf(unit, ctx);
    const isHere = ({ linkId }: Route): boolean => linkId === from.id || linkId === to.id;
    const here = routes.filter(isHere);
    const left = routes
      .filter((route) => !isHere(route))
      .map(({ key, linkId }) => `${key} uses ${linkId ?? 'no link'}`);
    const keys = new Set(routes.map(({ key }) => key));
    const gone = (unit.routes ?? []).filter((key) => !keys.has(key));
    return { here, moved: here.filter(({ linkId }) => linkId === to.id), left, gone };
  };
  const where: MoveMethods['where'] = async (unit, _, ctx) => {
    const { here, moved, left, gone } = await sidesOf(unit, ctx);
    if (here.length === 0) return left.length === 0 ? GONE : { at: 'elsewhere', found: left.join(', ') };

    const others = [...left, ...gone.map((key) => `${key} does not exist`)];
    const at = moved.length === here.length ? 'new' : moved.length === 0 ? 'old' : 'canary';
    return {
      at,
      ...(at === 'canary' && { percent: Math.round((moved.length / here.length) * 100) }),
      ...(others.length > 0 && { left: others }),
    };
  };
  const leadAll = async (unit: MoveUnit, linkId: string, ctx: CallContext): Promise<void> => {
    const { here, left } = await sidesOf(unit, ctx);
    if (here.length === 0) {
      const message = `${unit.id}: ${left.join(', ') || 'its routes do not exist'}`;
      throw new PosternError('WORLD_MOVED', message, { remedy: 'Plan the move again.' });
    }

    for (const route of here) if (route.linkId !== linkId) await lead(route, linkId, ctx);
  };
  const nothing = () => Promise.resolve([]);

  return {
    where,
    capture: targetsOf,
    prepare: () => Promise.resolve(null),
    findPrepared: () => Promise.resolve(null),
    shift: async (unit, _, percent, ctx) => {
      if (percent !== 100) throw new UnsupportedError(`${unit.id}: its calls move all at once`);

      await leadAll(unit, unit.to.id, ctx);
    },
    back: (unit, _, ctx) => leadAll(unit, unit.from.id, ctx),
    verify: async (unit, { captured }, ctx) => {
      const before = new Map((captured as Captured).map(({ key, targetId }) => [key, targetId]));
      const { here } = await sidesOf(unit, ctx);
      return here.flatMap(({ key, targetId = null }) => {
        const was = before.get(key) ?? null;
        return targetId === was ? [] : [`${key} leads to ${targetId ?? 'nothing'}, not to ${was ?? 'nothing'}`];
      });
    },
    settle: nothing,
    release: nothing,
  };
}
