import type { AwsCall } from '../../operation/call.js';
import type { MethodRow, ResourceRow, RestApiRow } from '../state.js';
import { getApiOfResource, getMethod, getResource } from '../find.js';

/** What names a method in an input. */
export interface MethodKey {
  readonly restApiId: string | undefined;
  readonly resourceId: string | undefined;
  readonly httpMethod: string | undefined;
}

/** A method in its place. */
export interface MethodPlace {
  readonly api: RestApiRow;
  readonly resource: ResourceRow;
  readonly method: MethodRow;
}

/** @throws {ServiceError} NotFoundException for the API, the resource or the method */
export function findMethod(call: AwsCall, { restApiId, resourceId, httpMethod }: MethodKey): MethodPlace {
  const api = getApiOfResource(call, restApiId);
  const resource = getResource(api, resourceId);
  return { api, resource, method: getMethod(resource, httpMethod) };
}

/** Sets a method of a resource. The resource's row is replaced, since a deployment may share it. */
export function setMethod(api: RestApiRow, resource: ResourceRow, method: MethodRow): void {
  const methods = new Map(resource.methods).set(method.httpMethod, method);
  api.resources.set(resource.id, { ...resource, methods });
}

/** Deletes a method of a resource. */
export function removeMethod(api: RestApiRow, resource: ResourceRow, verb: string): void {
  const methods = new Map(resource.methods);
  methods.delete(verb);
  api.resources.set(resource.id, { ...resource, methods });
}
