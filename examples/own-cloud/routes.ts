// Routes of a router. The mark is in the text for notes.
import { formatMark, isMarkOf, parseMark, unlessGone, type RouteCall, type RouteMethods } from '@postern/core/adapter';
import { CloudError, type CallContext } from '@postern/core';
import type { RouterRoute } from './account.js';
import type { Api } from './api.js';
import { absent, type Lists } from './lists.js';
import { routeOf } from './portable.js';

export function routes(api: Api, lists: Lists): RouteMethods {
  const find = async (router: string, key: string, ctx: CallContext) =>
    (await lists.routes(router, ctx)).find((one) => one.key === key);
  /** The route, where it carries the mark of `owner`, or none. @throws {CloudError} `NOT_OURS` */
  const findOurs = async (router: string, key: string, owner: Parameters<typeof isMarkOf>[1], ctx: CallContext) => {
    const found = await find(router, key, ctx);
    const mark = parseMark(found?.description);
    if (mark === undefined || isMarkOf(mark, owner)) return { found, mark };
    throw new CloudError('NOT_OURS', `${key} carries another mark`, {
      operation: 'ChangeRoute',
      remedy: 'Use another key.',
    });
  };
  const input = ({ gatewayId, key, linkId, use, owner }: RouteCall) => ({
    router: gatewayId,
    key,
    tunnel: linkId,
    target: use.target.id,
    path: use.path,
    tls: use.tls,
    description: formatMark(owner),
  });
  return {
    create: async (request, ctx) => routeOf(await api<RouterRoute>(ctx, 'CreateRoute', input(request))),
    find: async (router, key, ctx) => {
      const found = await find(router, key, ctx);
      return found && routeOf(found);
    },
    update: async ({ id }, request, ctx) => routeOf(await api(ctx, 'ChangeRoute', { id, ...input(request) })),
    delete: async (router, key, owner, ctx) => {
      const { found, mark } = await findOurs(router, key, owner, ctx);
      if (found === undefined) return;
      if (mark === undefined) throw new CloudError('NOT_OURS', `${key} carries no mark`, { operation: 'DeleteRoute' });
      await unlessGone(api(ctx, 'DeleteRoute', { id: found.id }));
    },
    adopt: async (router, key, owner, ctx) => {
      const { found, mark } = await findOurs(router, key, owner, ctx);
      if (found === undefined) throw absent(`route ${key}`);
      const description = `${formatMark(owner)} ${found.description}`.trim();
      if (mark === undefined) await api(ctx, 'ChangeRoute', { id: found.id, description });
    },
    forget: async (router, key, owner, ctx) => {
      const { found, mark } = await findOurs(router, key, owner, ctx);
      if (found === undefined || mark === undefined) return;
      await api(ctx, 'ChangeRoute', { id: found.id, description: found.description.replace(/^\s*postern:\S+\s?/, '') });
    },
  };
}
