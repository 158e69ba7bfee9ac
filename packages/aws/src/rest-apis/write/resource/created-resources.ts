import { userHash, usersOfMark } from '@postern/core/internal/adapter';
import type { RestResourceOutput } from '../../../sdk-types.js';

/**
 * The resources that Postern created, as far as the marks of methods name them. A resource has no tags and no
 * description, so the mark of a method carries a hash of the ID of each resource of its path that Postern
 * created: `postern:shop@shop/orders #1a2b3c4d [be4497.ad01b9]`. A resource that an import replaces has another ID.
 */
export function createdResources(tree: readonly RestResourceOutput[]): ReadonlySet<string> {
  const methods = tree.flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods));
  return new Set(methods.flatMap(({ operationName }) => usersOfMark(operationName)));
}

/** Whether a set of {@link createdResources} has a resource. */
export function isCreated(created: ReadonlySet<string>, { id }: RestResourceOutput): boolean {
  return created.has(userHash(id));
}
