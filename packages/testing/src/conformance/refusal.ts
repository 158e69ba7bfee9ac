import { isPosternError, type CloudError, type ErrorCode, type PosternError } from '@postern/core';
import { expect } from 'vitest';

/** A `PosternError`, with the members of a cloud's error where it is one. */
export type Refusal = PosternError &
  Partial<Pick<CloudError, 'operation' | 'status' | 'retryable' | 'outcomeUnknown' | 'nativeCode' | 'requestId'>>;

/**
 * The error of a refused promise. Fails when the promise is not refused, or with another error than a
 * `PosternError`.
 */
async function refusal(promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome))
    expect.fail(`It should have been refused, and came back with ${JSON.stringify(outcome.value)}.`);
  const { error } = outcome;
  if (!isPosternError(error)) throw error;
  expect(error.message).not.toBe('');
  return error as Refusal;
}

/** Expects a refusal with this code, and returns it. */
export async function expectRefusal(promise: Promise<unknown>, code: ErrorCode): Promise<Refusal> {
  const error = await refusal(promise);
  expect(error.code, error.message).toBe(code);
  return error;
}
