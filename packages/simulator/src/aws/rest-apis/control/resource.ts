import type { Method, Resource } from '@aws-sdk/client-api-gateway';
import type { ResourceRow, RestApiRow } from './state.js';
import { badRequest, conflict } from './words.js';
import type { AwsCall } from '../../operation/operation.js';
import { tooMany } from './api/api.js';
import { getResource } from './collection.js';

/** A name, a variable (`{id}`) or a greedy variable (`{proxy+}`). */
const FORM = /^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$/;

function isVariable(pathPart: string | undefined): boolean {
  return pathPart?.startsWith('{') === true;
}

/** Whether a path part is a greedy variable. */
function isGreedy(pathPart: string | undefined): boolean {
  return pathPart?.endsWith('+}') === true;
}

/**
 * Refuses a place in the tree that the service would refuse: below `parent`, with this path part.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 * @param self the resource's ID, where it exists
 * @throws {ServiceError} BadRequestException, ConflictException
 */
function checkPlace(api: RestApiRow, parent: ResourceRow, pathPart: string, self?: string): void {
  if (!FORM.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (isGreedy(parent.pathPart)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }

  const siblings = [...api.resources.values()].filter(({ id, parentId }) => parentId === parent.id && id !== self);
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }

  const variable = isVariable(pathPart) ? siblings.find((sibling) => isVariable(sibling.pathPart)) : undefined;
  if (variable) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
}

/**
 * `embed=methods` is the only value. The sentence for another one is [U].
 * @throws {ServiceError} BadRequestException
 */
export function embedsMethods(embed: readonly string[] | undefined): boolean {
  const other = embed?.find((value) => value !== 'methods');
  if (other !== undefined) throw badRequest(`Invalid embed parameter specified: ${other}`);

  return embed !== undefined && embed.length > 0;
}

/**
 * A resource as the service answers it. Without `embed=methods`, its methods are empty objects. Without
 * methods, `resourceMethods` is absent.
 */
export function showResource({ methods, ...row }: ResourceRow, embedded: boolean): Resource {
  if (methods.size === 0) return row;

  const shown = [...methods].map(([verb, method]): [string, Method] => [verb, embedded ? method : {}]);
  return { ...row, resourceMethods: Object.fromEntries(shown) };
}

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
