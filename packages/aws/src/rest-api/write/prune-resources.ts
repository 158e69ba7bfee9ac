import { unlessGone, type CallContext } from '@postern/core/adapter';
import type { RestResourceOutput } from '../../apis/rest-api-api.js';
import { createdResources, isCreated } from './created-resources.js';
import type { RestSession } from './known-trees.js';
import type { RoutePlace } from './route-place.js';

/**
 * Deletes the resources of a path from its end, as far as Postern created them and they have neither methods
 * nor children. `created` are the hashes that the mark of the deleted method had. DeleteResource deletes all
 * below a resource and knows no condition, so the list is read right before.
 */
export async function pruneResources(
  session: RestSession,
  { apiId, path }: RoutePlace,
  created: readonly string[],
  ctx: CallContext,
): Promise<void> {
  if (created.length === 0) return;
  let tree = await session.trees.of(apiId, ctx, { recent: false });
  const known = new Set([...createdResources(tree), ...created]);
  let resource = tree.find((one) => one.path === path);
  while (resource?.parentId !== undefined && isCreated(known, resource) && isEmpty(tree, resource)) {
    const { id, parentId }: RestResourceOutput = resource;
    await deleteResource(session, apiId, id ?? '', ctx);
    tree = tree.filter((one) => one.id !== id);
    resource = tree.find((one) => one.id === parentId);
  }
}

function isEmpty(tree: readonly RestResourceOutput[], { id, resourceMethods = {} }: RestResourceOutput): boolean {
  return Object.keys(resourceMethods).length === 0 && !tree.some(({ parentId }) => parentId === id);
}

async function deleteResource(session: RestSession, apiId: string, resourceId: string, ctx: CallContext) {
  await unlessGone(
    session.send(
      ctx,
      'apigateway',
      'DeleteResource',
      (api, options) => api.deleteResource({ restApiId: apiId, resourceId }, options) as Promise<object>,
    ),
  );
  session.trees.drop(apiId, resourceId, '*', ctx.clock);
}
