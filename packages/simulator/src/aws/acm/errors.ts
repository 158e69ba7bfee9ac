import { ServiceError } from '../operation/service-error.js';

/*
 * Wordings come from published error reports where there are any.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/CommonErrors.html
 */

/** `ValidationException`: a member of the input is wrong in itself. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message);
}
