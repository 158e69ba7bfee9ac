import { isPosternError, type CloudError } from '@postern/core/internal/library';

/** The error that a promise rejects with; fails where it does not. */
export async function refusalOf(promise: Promise<unknown>): Promise<CloudError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`not refused: ${JSON.stringify(outcome.value)}`);
  if (!isPosternError(outcome.error)) throw outcome.error;
  return outcome.error as CloudError;
}
