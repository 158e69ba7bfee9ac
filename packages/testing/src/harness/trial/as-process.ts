import { isPosternError, type PosternError } from '@postern/core/internal/adapter';
import type { StepFailure } from '@postern/core/internal/cloud';
import type { VirtualProcess } from './virtual-process.js';

/**
 * Does work as one process; also ends when the process is killed. What fails is added to `failed`.
 * @throws what is not an error of Postern: a defect
 */
export async function asProcess(
  process: VirtualProcess,
  failed: string[],
  work: () => Promise<void>,
  onError: (error: PosternError) => void = () => undefined,
): Promise<void> {
  const worked = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isPosternError(error)) throw error;

      process.write('an error', [error, error.message, error.remedy, error.details]);
      failed.push(`${error.code}: ${error.message}`);
      onError(error);
    }
  };
  await Promise.race([worked(), process.killed]);
}

/** Reads the events of a command to its result, whose failures are added to `failed`. */
export async function resultOf<
  E extends { readonly type: string },
  R extends { readonly failures: readonly StepFailure[] },
>(
  process: VirtualProcess,
  failed: string[],
  events: AsyncGenerator<E, R, undefined>,
  hear: (event: E) => void,
): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) {
      failed.push(...next.value.failures.map(({ step, code, message }) => `${step}: ${code}: ${message}`));
      return next.value;
    }

    process.write(`the event ${next.value.type}`, next.value);
    hear(next.value);
  }
}
