import { isPosternError } from '../errors.js';

/**
 * The answer of a call, or `undefined` where what it is about does not exist: a `find…` that finds nothing, and a deletion of what is
 * gone, which succeeds.
 * @throws whatever else the call fails with.
 */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isPosternError(error, 'NOT_FOUND')) return undefined;
    throw error;
  }
}
