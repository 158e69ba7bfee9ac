import type { CallContext } from '../../ground/calls/call-context.js';
import { PosternError, UnsupportedError } from '../../ground/errors.js';
import type { Route } from '../model/route.js';
import { GONE, type MoveUnit } from '../move-driver.js';
import type { MoveMethods } from './methods-of-kinds.js';

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
 * kinds of gateway with `routesMove`. `lead` must be safe to repeat. Guaranteed: a route that neither link of the move serves is not changed
 * (`WORLD_MOVED`), and a run that was killed between two routes continues with those that are left.
 */
export function routeMoves({ list, lead }: RouteMoveMethods): MoveMethods {
  const routesOf = async ({ gateway, routes }: MoveUnit, ctx: CallContext): Promise<readonly Route[]> =>
    (await list(gateway.id, ctx)).filter(({ key }) => routes?.includes(key) ?? true);
  const targetsOf = async (unit: MoveUnit, ctx: CallContext): Promise<Captured> =>
    (await routesOf(unit, ctx)).map(({ key, targetId = null }) => ({ key, targetId }));

  const where: MoveMethods['where'] = async (unit, _, ctx) => {
    const routes = await routesOf(unit, ctx);
    const { from, to } = unit;
    if (routes.length === 0) return GONE;
    if (routes.every(({ linkId }) => linkId === to.id)) return { at: 'new' };

    const other = routes.find(({ linkId }) => linkId !== to.id && linkId !== from.id);
    if (other === undefined) return { at: 'old' };

    return { at: 'elsewhere', found: `${other.key} uses ${other.linkId ?? 'no link'}` };
  };
  const leadAll = async (unit: MoveUnit, linkId: string, ctx: CallContext): Promise<void> => {
    const { at, found } = await where(unit, { captured: null }, ctx);
    if (at === 'elsewhere') {
      const message = `${unit.id}: ${found ?? 'its routes do not exist'}`;
      throw new PosternError('WORLD_MOVED', message, { remedy: 'Plan the move again.' });
    }

    for (const route of await routesOf(unit, ctx)) if (route.linkId !== linkId) await lead(route, linkId, ctx);
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
      const now = new Map((await targetsOf(unit, ctx)).map(({ key, targetId }) => [key, targetId]));
      return (captured as Captured).flatMap(({ key, targetId }) =>
        now.get(key) === targetId ? [] : [`${key} leads to ${now.get(key) ?? 'nothing'}, not to ${targetId}`],
      );
    },
    settle: nothing,
    release: nothing,
  };
}
