import { PARALLEL_READS } from '../limits.js';

/** Runs a task for each item, no more than a few at a time, and answers in the order of the items. */
export async function eachOf<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
  parallel: number = PARALLEL_READS,
): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        answers[index] = await task(items[index] as T);
      } catch (error) {
        failed = true; // the others stop after what they are at
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
  return answers;
}
