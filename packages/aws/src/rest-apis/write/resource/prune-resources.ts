import { CloudError, leaveUnfinished, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { RestResourceOutput } from '../../../sdk-types.js';
import { createdResources, isCreated } from './created-resources.js';
import type { RestSession, RoutePlace } from '../resource-trees.js';

/**
 * Deletes the resources of a path from its end, as far as Postern created them and they have neither methods
 * nor children. `created` are the hashes that the mark of the deleted method had. DeleteResource deletes all
 * below a resource and knows no condition, so the list is read right before.
 */
export async function pruneResources(
  session: RestSession,
  { apiId, path }: Pick<RoutePlace, 'apiId' | 'path'>,
  created: readonly string[],
  ctx: CallContext,
): Promise<void> {
  if (created.length === 0) return;

  let tree = await session.trees.of(apiId, ctx, { recent: false });
  const known = new Set([...createdResources(tree), ...created]);
  let resource = tree.find((one) => one.path === path);
  while (resource?.parentId !== undefined && isCreated(known, resource) && isEmpty(tree, resource)) {
    const { id, parentId }: RestResourceOutput = resource;
    await deleteResource(session, apiId, id, ctx);
    tree = tree.filter((one) => one.id !== id);
    resource = tree.find((one) => one.id === parentId);
  }
}

/**
 * The result of a write below a path. Where the write is refused, the resources of the path that were created for it are deleted again: no
 * mark would say later that Postern created them.
 */
export async function undoneIfRefused<T>(
  session: RestSession,
  place: Pick<RoutePlace, 'apiId' | 'path'>,
  created: readonly string[],
  ctx: CallContext,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const isRefused = error instanceof CloudError && !error.outcomeUnknown && !error.retryable;
    if (!isRefused) throw error;

    // The refusal is what callers have to know; the next run, that resources are left.
    const isUndone = await pruneResources(session, place, created, ctx).then(
      () => true,
      () => false,
    );
    throw isUndone ? error : leaveUnfinished(error);
  }
}

/**
 * Deletes a method together with the resources of its path that Postern created and that lead to nothing else, in one call: were the
 * method deleted first, and the run ended, nothing would say later who created its path. The list is read right before.
 * @returns whether there was such a resource; else nothing is deleted
 */
export async function deleteWithPath(
  session: RestSession,
  { apiId, path, verb }: RoutePlace,
  created: readonly string[],
  ctx: CallContext,
): Promise<boolean> {
  if (created.length === 0) return false;

  const tree = await session.trees.of(apiId, ctx, { recent: false });
  const known = new Set([...createdResources(tree), ...created]);
  let top: RestResourceOutput | undefined;
  let next = tree.find((one) => one.path === path && Object.keys(one.resourceMethods ?? {}).join() === verb);
  while (next?.parentId !== undefined && isCreated(known, next) && leadsOnlyTo(tree, next, top)) {
    top = next;
    next = tree.find((one) => one.id === next?.parentId);
  }
  if (top === undefined) return false;

  await deleteResource(session, apiId, top.id, ctx);
  return true;
}

/**
 * Deletes the resource of the route of a test that has no method: a run ended between the two. No mark names it, and its path
 * has 128 random bits. The list is read right before.
 */
export async function deleteTestPath(session: RestSession, place: RoutePlace, ctx: CallContext): Promise<void> {
  const tree = (await unlessGone(session.trees.of(place.apiId, ctx, { recent: false }))) ?? [];
  const left = tree.find((one) => one.path === place.path && isEmpty(tree, one));
  if (left !== undefined) await deleteResource(session, place.apiId, left.id, ctx);
}

/** Whether a resource has no child but one, and no method where it has that child. */
function leadsOnlyTo(
  tree: readonly RestResourceOutput[],
  { id, resourceMethods = {} }: RestResourceOutput,
  child: RestResourceOutput | undefined,
): boolean {
  const below = tree.filter(({ parentId }) => parentId === id);
  return (
    below.every((one) => one.id === child?.id) && (child === undefined || Object.keys(resourceMethods).length === 0)
  );
}

function isEmpty(tree: readonly RestResourceOutput[], { id, resourceMethods = {} }: RestResourceOutput): boolean {
  return Object.keys(resourceMethods).length === 0 && !tree.some(({ parentId }) => parentId === id);
}

async function deleteResource(session: RestSession, apiId: string, resourceId: string, ctx: CallContext) {
  await unlessGone(session.call(ctx, 'apigateway', 'DeleteResource', { restApiId: apiId, resourceId }));
  session.trees.drop(apiId, resourceId, '*', ctx.clock);
}
