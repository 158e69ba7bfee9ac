import { CloudError, isPosternError, readUntil, userHash, type CallContext } from '@postern/core/internal/adapter';
import type { RestResourceOutput } from '../../../sdk-types.js';
import { sent } from '../../../client/session.js';
import { STALENESS_MS } from '../../../limits.js';
import { isCreated } from './created-resources.js';
import type { RestSession, RoutePlace } from '../resource-trees.js';
import { undoneIfRefused } from './prune-resources.js';

export interface PathResource {
  readonly resource: RestResourceOutput;
  /** The hashes of those resources of the path that Postern created, for the mark of the method. */
  readonly created: readonly string[];
}

/**
 * The resource of a path, with each missing resource above it created. Existing ones are never changed. A resource has no place for
 * a mark: where a call that created the path ended before it created the method (`resumes`), resources of the path that lead to
 * nothing else count as created by it.
 * @throws {CloudError} `ALREADY_EXISTS` where a sibling has another variable, `QUOTA_EXCEEDED`, `NOT_FOUND`
 */
export async function ensureResource(
  session: RestSession,
  { apiId, parts }: RoutePlace,
  ctx: CallContext,
  resumes = false,
): Promise<PathResource> {
  const tree = await session.trees.of(apiId, ctx);
  const byMarks = session.trees.created(apiId);
  const isLeft = (one: RestResourceOutput): boolean => resumes && leadsNowhere(tree, one);
  const created: string[] = [];
  let resource = rootOf(tree, apiId);
  for (const pathPart of parts) {
    const existing = childOf(tree, resource, pathPart);
    const made =
      existing === undefined
        ? await undoneIfRefused(session, { apiId, path: resource.path }, created, ctx, () =>
            createResource(session, apiId, resource, pathPart, ctx),
          )
        : undefined;
    resource = existing ?? made?.resource ?? resource;
    if (made?.isNew === true || isCreated(byMarks, resource) || isLeft(resource)) created.push(userHash(resource.id));
  }
  return { resource, created };
}

function rootOf(tree: readonly RestResourceOutput[], apiId: string): RestResourceOutput {
  const root = tree.find(({ path }) => path === '/');
  if (root !== undefined) return root;

  throw new CloudError('BAD_RESPONSE', `the resources of ${apiId} have no root`, { operation: 'GetResources' });
}

function childOf(
  tree: readonly RestResourceOutput[],
  { id }: RestResourceOutput,
  pathPart: string,
): RestResourceOutput | undefined {
  return tree.find((one) => one.parentId === id && one.pathPart === pathPart);
}

/** Whether neither a resource nor what is below it has a method. */
function leadsNowhere(tree: readonly RestResourceOutput[], { id, resourceMethods = {} }: RestResourceOutput): boolean {
  const below = tree.filter(({ parentId }) => parentId === id);
  return Object.keys(resourceMethods).length === 0 && below.every((one) => leadsNowhere(tree, one));
}

/**
 * One that exists already was created by another writer, or by this call: its first answer was lost, and it was sent again. It is read
 * until it is shown. Without a method it counts as created by this call where that was sent again.
 */
async function createResource(
  session: RestSession,
  apiId: string,
  parent: RestResourceOutput,
  pathPart: string,
  ctx: CallContext,
): Promise<{ readonly resource: RestResourceOutput; readonly isNew: boolean }> {
  const parentId = parent.id;
  let sends = 0;
  const counted: CallContext = {
    ...ctx,
    trace: (start) => {
      if (start.operation === 'CreateResource') sends += 1;
      return ctx.trace?.(start);
    },
  };
  try {
    const input = { restApiId: apiId, parentId, pathPart };
    const answer = await session.call(counted, 'apigateway', 'CreateResource', input, 'idempotent');
    const resource = { ...answer, id: sent(answer.id, 'id', 'CreateResource', true), parentId, pathPart };
    session.trees.put(apiId, resource, ctx.clock);
    return { resource, isNew: true };
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS') || error.details?.['sibling'] !== undefined) throw error;

    const find = async () => childOf(await session.trees.read(apiId, ctx), parent, pathPart);
    const resource = await readUntil(find, (one) => one !== undefined, STALENESS_MS, ctx);
    if (resource === undefined) throw error;

    return { resource, isNew: sends > 1 && leadsNowhere([], resource) };
  }
}
