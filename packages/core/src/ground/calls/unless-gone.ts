import { isPosternError } from '../errors.js';

/**
 * The answer of a call, or `undefined` where its resource does not exist: a `find…` without a result, and a
 * deletion of a resource that does not exist, which succeeds.
 * @throws all other errors of the call.
 */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isPosternError(error, 'NOT_FOUND')) return undefined;
    throw error;
  }
}
