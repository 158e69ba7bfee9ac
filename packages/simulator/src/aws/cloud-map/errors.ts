import { ServiceError } from '../operation/service-error.js';

/*
 * All have status 400, as each error of the reference says, whatever the SDK's model has. Wordings come from published error
 * reports where there are any.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html
 * @see https://github.com/kubernetes-sigs/external-dns/issues/5180
 */

export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', message, 400);
}

export function namespaceNotFound(id: string): ServiceError {
  return new ServiceError('NamespaceNotFound', `Namespace not found: ${id}`, 400);
}

export function serviceNotFound(id: string): ServiceError {
  return new ServiceError('ServiceNotFound', `Service not found: ${id}`, 400);
}

export function instanceNotFound(id: string): ServiceError {
  return new ServiceError('InstanceNotFound', `Instance not found: ${id}`, 400);
}

export function inUse(message: string): ServiceError {
  return new ServiceError('ResourceInUse', message, 400);
}

export function limitExceeded(message: string): ServiceError {
  return new ServiceError('ResourceLimitExceeded', message, 400);
}
