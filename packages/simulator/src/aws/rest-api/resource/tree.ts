import type { AwsCall } from '../../operation/call.js';
import type { ResourceRow, RestApiRow } from '../state.js';
import { tooMany } from '../api/api-rules.js';
import { getResource } from '../find.js';
import { badRequest } from '../words.js';
import { checkPlace, isGreedy } from './path-part.js';

/** `/pets` below the root, `/pets/{id}` below `/pets`. */
function pathBelow(parent: ResourceRow, pathPart: string): string {
  return `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
}

/**
 * Adds a resource below another one.
 * @throws {ServiceError} BadRequestException, ConflictException; LimitExceededException beyond the quota
 */
export function addResource(call: AwsCall, api: RestApiRow, parent: ResourceRow, pathPart: string): ResourceRow {
  checkPlace(api, parent, pathPart);
  // Whether the root counts is unknown [U].
  if (api.resources.size >= call.quota('resources-per-rest-api')) throw tooMany('Resources');
  const id = call.id('', 6, 'base36');
  const path = pathBelow(parent, pathPart);
  const row: ResourceRow = { id, parentId: parent.id, pathPart, path, methods: new Map() };
  api.resources.set(id, row);
  return row;
}

/** A resource and all below it. */
export function subtree(api: RestApiRow, root: ResourceRow): ResourceRow[] {
  const children = [...api.resources.values()].filter(({ parentId }) => parentId === root.id);
  return [root, ...children.flatMap((child) => subtree(api, child))];
}

/**
 * Puts a resource, as it is after a change, in its place. The paths of all below it follow.
 * @throws {ServiceError} NotFoundException for its parent, BadRequestException, ConflictException
 */
export function moveResource(api: RestApiRow, row: ResourceRow): ResourceRow {
  const parent = getResource(api, row.parentId);
  const below = subtree(api, row).slice(1);
  if (parent.id === row.id || below.some(({ id }) => id === parent.id))
    throw badRequest('Resources cannot be cyclical.');
  checkPlace(api, parent, row.pathPart ?? '', row.id);
  const [child] = below;
  if (child && isGreedy(row.pathPart)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${row.pathPart}`);
  }
  return replaced(api, { ...row, path: pathBelow(parent, row.pathPart ?? '') });
}

function replaced(api: RestApiRow, row: ResourceRow): ResourceRow {
  api.resources.set(row.id, row);
  for (const child of api.resources.values()) {
    if (child.parentId === row.id) replaced(api, { ...child, path: pathBelow(row, child.pathPart ?? '') });
  }
  return row;
}
