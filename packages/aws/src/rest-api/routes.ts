import { createQueue, type RouteMethods } from '@postern/core/adapter';
import { methodsOf } from './read-rest-api.js';
import { testMethod } from './test-call.js';
import { adoptMethod, adoptStage } from './write/adopt.js';
import { createMethod } from './write/method/create-method.js';
import { deleteRoute, sweepMethods } from './write/method/delete-method.js';
import { deploy, removeStage } from './write/stage/deploy.js';
import { findMethod } from './write/method/find-method.js';
import { toRoutes } from './write/known-trees.js';
import { forgetMethod, forgetStage } from './write/forget.js';
import { updateMethod } from './write/method/update-method.js';
import type { RouteSession } from './write/write-session.js';

/** Routes of REST APIs in the form of core's driver. Writes to one API run one after the other. */
export function restRoutes(session: RouteSession): RouteMethods {
  const queue = createQueue();
  return {
    create: (request, ctx) => queue(request.gatewayId, () => createMethod(session, request, ctx), ctx.signal),
    find: async (apiId, key, ctx, by) => {
      const [verb = '', path = ''] = key.split(' ');
      const method = await findMethod(session, { apiId, verb, path }, ctx, by);
      return (await toRoutes(session, apiId, method === undefined ? [] : [method], ctx))[0];
    },
    list: async (apiId, ctx) => toRoutes(session, apiId, methodsOf(apiId, await session.trees.read(apiId, ctx)), ctx),
    update: (route, request, ctx) =>
      queue(request.gatewayId, () => updateMethod(session, route.id, request, ctx), ctx.signal),
    delete: (apiId, key, owner, ctx) => queue(apiId, () => deleteRoute(session, apiId, key, owner, ctx), ctx.signal),
    adopt: (apiId, key, owner, ctx) => queue(apiId, () => adoptMethod(session, apiId, key, owner, ctx), ctx.signal),
    adoptStage: (apiId, stage, mark, ctx) =>
      queue(apiId, () => adoptStage(session, apiId, stage, mark, ctx), ctx.signal),
    forget: (apiId, key, owner, ctx) => queue(apiId, () => forgetMethod(session, apiId, key, owner, ctx), ctx.signal),
    forgetStage: (apiId, stage, by, ctx) => queue(apiId, () => forgetStage(session, apiId, stage, by, ctx), ctx.signal),
    sweep: (apiId, project, ctx, spec, { unbound } = {}) =>
      queue(
        apiId,
        () =>
          sweepMethods(
            session,
            apiId,
            (one) => one.project === project && one.spec === spec && (one.unbound !== true || unbound === true),
            ctx,
          ),
        ctx.signal,
      ),
    deploy: (apiId, stage, mark, ctx, replaces) =>
      queue(apiId, () => deploy(session, apiId, stage, mark, ctx, replaces), ctx.signal),
    testCall: (call, ctx) => testMethod(session, call, ctx),
    removeStage: (apiId, stage, by, ctx) => queue(apiId, () => removeStage(session, apiId, stage, by, ctx), ctx.signal),
  };
}
