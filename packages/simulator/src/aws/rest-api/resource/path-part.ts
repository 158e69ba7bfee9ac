import type { ResourceRow, RestApiRow } from '../state.js';
import { badRequest, conflict } from '../words.js';

/** A name, a variable (`{id}`) or a greedy variable (`{proxy+}`). */
const FORM = /^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$/;

/** Whether a path part is a variable. */
function isVariable(pathPart: string | undefined): boolean {
  return pathPart?.startsWith('{') === true;
}

/** Whether a path part is a greedy variable. */
export function isGreedy(pathPart: string | undefined): boolean {
  return pathPart?.endsWith('+}') === true;
}

/**
 * Refuses a place in the tree that the service would refuse: below `parent`, with this path part.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 * @param self the resource's ID, where it exists
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function checkPlace(api: RestApiRow, parent: ResourceRow, pathPart: string, self?: string): void {
  if (!FORM.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable " +
        'and curly braces at the beginning and the end.',
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
