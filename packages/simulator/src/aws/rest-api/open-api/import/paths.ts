import type { ResourceRow } from '../../state.js';
import { setMethod } from '../../method/find-method.js';
import { addResource } from '../../resource/tree.js';
import { badRequest } from '../../words.js';
import { resolved } from '../document.js';
import type { Import } from '../draft.js';
import { checkExtensions } from '../extensions.js';
import { importMethod } from './method.js';
import { isObject, object } from '../json.js';
import { attempt } from '../report.js';

/** The members of a path that are methods. */
const VERBS: Readonly<Record<string, string>> = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  patch: 'PATCH',
  options: 'OPTIONS',
  head: 'HEAD',
  trace: 'TRACE',
  'x-amazon-apigateway-any-method': 'ANY',
};

/** Adds the document's paths as resources, with those above them, and their methods. A method that exists is replaced. */
export function importPaths(task: Import): void {
  for (const [path, value] of Object.entries(object(task.document.root['paths']))) {
    const item = resolved(task.document, value);
    checkExtensions('path', item);
    const resource = attempt(task.report, `Unable to create resource at path '${path}'`, () => resourceAt(task, path));
    if (resource) importMethods(task, resource.id, item);
  }
}

function importMethods(task: Import, resourceId: string, path: ReturnType<typeof object>): void {
  for (const [member, verb] of Object.entries(VERBS)) {
    const method = path[member];
    const resource = task.api.resources.get(resourceId);
    if (!isObject(method) || !resource) continue;
    const row = importMethod(task, resource, { verb, path, method });
    if (row) setMethod(task.api, resource, row);
  }
}

/** The resource of a path. A slash at the end of the path is ignored [U]. */
function resourceAt({ call, api, below }: Import, path: string): ResourceRow {
  if (!path.startsWith('/')) throw badRequest(`Resource ${path} should start with /`);
  const root = api.resources.get(api.fields.rootResourceId);
  if (!root) throw new Error(`API ${api.fields.id} has no root resource.`);
  const parts = below(path)
    .split('/')
    .filter((part) => part !== '');
  return parts.reduce<ResourceRow>((parent, pathPart) => {
    const known = [...api.resources.values()].find((row) => row.parentId === parent.id && row.pathPart === pathPart);
    return known ?? addResource(call, api, parent, pathPart);
  }, root);
}
