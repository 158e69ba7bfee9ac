import {
  defined,
  createQueue,
  type RouteMethods,
  CloudError,
  type RouteTest,
  type TestCallAnswer,
} from '@postern/core/internal/adapter';
import { methodsOf } from './read-rest-api.js';
import { adoptMethod, adoptStage, forgetMethod, forgetStage } from './write/adopt.js';
import { createMethod } from './write/method/create-method.js';
import { deleteRoute, sweepMethods, findMethod } from './write/method/delete-method.js';
import { configureStage } from './write/stage/configure.js';
import { deploy, flushCache, removeStage } from './write/stage/deploy.js';
import { toRoutes, type RestSession, type RouteSession } from './write/resource-trees.js';
import { updateMethod } from './write/method/update-method.js';
import type { CallContext } from '@postern/core/internal/library';
import type { TestInvokeOutput } from '../sdk-types.js';

/** Methods that may be sent again after a lost answer. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Has API Gateway call a method of the working copy: without a stage, and without its authorizer. It needs
 * `apigateway:POST` on the method.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 * @throws {CloudError} `NOT_FOUND`
 */
async function testMethod(session: RestSession, call: RouteTest, ctx: CallContext): Promise<TestCallAnswer> {
  const { gatewayId: restApiId, key, method: httpMethod, path, headers, stageVariables } = call;
  const methods = methodsOf(restApiId, await session.trees.of(restApiId, ctx));
  const found = methods.find((one) => `${one.verb} ${one.path}` === key);
  if (found === undefined) {
    throw new CloudError('NOT_FOUND', `REST API ${restApiId} has no method ${key}`, { operation: 'TestInvokeMethod' });
  }

  const input = {
    restApiId,
    resourceId: found.resourceId,
    httpMethod,
    pathWithQueryString: path,
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(stageVariables === undefined ? {} : { stageVariables: { ...stageVariables } }),
  };
  const answer = await session.call(
    ctx,
    'apigateway',
    'TestInvokeMethod',
    input,
    SAFE.has(httpMethod) ? 'read' : 'create',
  );
  return meaningOf(answer);
}

/** Only an answer of the gateway itself names the type of an error. A refusal says nothing of the backend. */
function meaningOf({ status, headers = {}, log = '', latency }: TestInvokeOutput): TestCallAnswer {
  const facts = { ...defined({ status, latencyMs: latency }) };
  const isOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'x-amzn-errortype');
  if (status === undefined) return { ...facts, outcome: 'unknown', because: 'the answer has no status' };
  if (!isOwn) return { ...facts, outcome: 'connected', because: `the backend answered with status ${status}` };

  const because = reasonIn(log) ?? `API Gateway answered with status ${status}`;
  return { ...facts, outcome: status < 500 ? 'unknown' : 'failed', because };
}

/**
 * What a log says of a failure: `Execution failed due to an vpc link error`. Other lines may hold secrets of the call.
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 */
function reasonIn(log: string): string | undefined {
  return [...log.matchAll(/ : (Execution failed due to [^\n]{1,300})/g)].at(-1)?.[1];
}

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
    delete: (apiId, key, owner, ctx, by) =>
      queue(apiId, () => deleteRoute(session, apiId, key, owner, ctx, by), ctx.signal),
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
    flushCache: (apiId, stage, ctx) => queue(apiId, () => flushCache(session, apiId, stage, ctx), ctx.signal),
    configureStage: (apiId, stage, change, ctx) =>
      queue(apiId, () => configureStage(session, apiId, stage, change, ctx), ctx.signal),
    testCall: (call, ctx) => testMethod(session, call, ctx),
    removeStage: (apiId, stage, by, ctx) => queue(apiId, () => removeStage(session, apiId, stage, by, ctx), ctx.signal),
  };
}
