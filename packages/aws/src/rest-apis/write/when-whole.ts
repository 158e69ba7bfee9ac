import { CloudError, isTemporaryRoute, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import { methodsOf } from '../read-rest-api.js';
import { ownerOfMethod } from '../rest-owner.js';
import { routeKeyOf, type RestMethod } from '../rest-route.js';
import { refusedFor } from './stage/create-deployment.js';
import { removeHalf } from './method/delete-method.js';
import { placeOf, type RouteSession, LEFT_MS, type HalfMethod } from './resource-trees.js';
import { getMethod } from './method/update-method.js';

/** The second try comes soon, because writers set an integration within a second; later tries have this distance. */
const RETRY_MS = 15_000;

/**
 * Deploys an API. The service refuses that while any method has no integration. Where Postern's marks are on these methods, a run is
 * writing them, or was killed: the error can be retried, and a try after {@link LEFT_MS} deletes those of `projects` that stay so,
 * and those of tests. Their next run creates them again.
 * @throws {CloudError} `CLOUD_REFUSED`: with `retryable` for methods with marks, and without for those that carry none
 */
export async function whenWhole<T>(
  session: RouteSession,
  apiId: string,
  projects: (methods: readonly RestMethod[]) => readonly (string | undefined)[],
  ctx: CallContext,
  deploy: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await deploy();
    } catch (error) {
      if (refusedFor(error) !== 'method-without-integration') throw error;

      const methods = methodsOf(apiId, await session.trees.read(apiId, ctx));
      const halves = await halvesOf(session, methods, ctx);
      const unmarked = halves.filter(({ owner }) => owner === undefined);
      if (unmarked.length > 0) throw refused(apiId, unmarked, error);

      const ages = session.halves.see(apiId, halves, ctx.clock);
      const left = halves.filter((_, at) => (ages[at] ?? 0) >= LEFT_MS);
      if (left.length === 0) throw inProgress(apiId, halves, Math.max(0, ...ages), error);

      const ours = new Set(projects(methods));
      const swept = left.filter((one) => ours.has(one.owner?.project) || isTemporaryRoute({ key: routeKeyOf(one) }));
      if (swept.length === 0) throw refused(apiId, left, error);

      for (const one of swept) await removeHalf(session, one, ctx);
    }
  }
}

/** The methods without an integration. Each is read, because the list may be older. */
async function halvesOf(
  session: RouteSession,
  methods: readonly RestMethod[],
  ctx: CallContext,
): Promise<readonly HalfMethod[]> {
  const halves: HalfMethod[] = [];
  for (const one of methods.filter(({ method }) => method.methodIntegration === undefined)) {
    const place = placeOf(one.apiId, routeKeyOf(one));
    const method = await unlessGone(getMethod(session, place, one.resourceId, ctx));
    if (method === undefined || method.methodIntegration !== undefined) continue;

    halves.push({ ...one, method, owner: ownerOfMethod(method.operationName, place) });
  }
  return halves;
}

function inProgress(apiId: string, halves: readonly HalfMethod[], ageMs: number, cause: unknown): CloudError {
  const keys = halves.map(routeKeyOf);
  // Where the list shows none any more, they were completed meanwhile.
  const which = keys.length === 0 ? '' : `: ${keys.join(', ')}`;
  return new CloudError('CLOUD_REFUSED', `another run is writing methods of ${apiId}${which}`, {
    operation: 'CreateDeployment',
    remedy: 'Run again. Methods that stay without an integration for a minute are deleted then.',
    details: { reason: 'method-without-integration', routes: keys },
    retryable: true,
    ...(ageMs === 0 ? {} : { retryAfterMs: RETRY_MS }),
    cause,
  });
}

/** The service does not say which methods have no integration. */
function refused(apiId: string, halves: readonly HalfMethod[], cause: unknown): CloudError {
  const keys = halves.map(routeKeyOf);
  const projects = [...new Set(halves.flatMap(({ owner }) => owner?.project ?? []))];
  return new CloudError('CLOUD_REFUSED', `methods of ${apiId} have no integration: ${keys.join(', ')}`, {
    operation: 'CreateDeployment',
    remedy:
      projects.length === 0
        ? 'Give each of these methods an integration, or delete it. Then run again.'
        : `Apply the specs of project ${projects.join(', ')}, which completes or deletes these methods. Then run again.`,
    details: { reason: 'method-without-integration', routes: keys },
    cause,
  });
}
