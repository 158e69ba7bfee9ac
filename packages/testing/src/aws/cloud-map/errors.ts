import { ServiceError } from '../service-error.js';

/*
 * Statuses are those of the service's model. Wordings come from published error reports where there are any.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/CommonErrors.html
 */

export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', message, 400);
}

export function namespaceNotFound(id: string): ServiceError {
  return new ServiceError('NamespaceNotFound', `Namespace not found: ${id}`, 404);
}

export function serviceNotFound(id: string): ServiceError {
  return new ServiceError('ServiceNotFound', `Service not found: ${id}`, 404);
}

export function instanceNotFound(id: string): ServiceError {
  return new ServiceError('InstanceNotFound', `Instance not found: ${id}`, 404);
}

export function inUse(message: string): ServiceError {
  return new ServiceError('ResourceInUse', message, 409);
}

export function limitExceeded(message: string): ServiceError {
  return new ServiceError('ResourceLimitExceeded', message, 400);
}
