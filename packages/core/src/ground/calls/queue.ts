import { PosternError } from '../errors.js';

/** Runs tasks with the same key one after the other, in the order in which they came. */
export type Queue = <T>(key: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * One queue per key, for adapters. Concurrent writes to one gateway fail in the cloud (AWS: 409 "concurrent
 * modification"; Alibaba Cloud: `ConcurrencyLockTimeout`), so they run one after another here. A task whose
 * signal is aborted while it waits is never started: `ABORTED`.
 */
export function createQueue(): Queue {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task, signal) => {
    const before = tails.get(key) ?? Promise.resolve();
    const run = before.then(() => {
      if (signal?.aborted)
        throw new PosternError('ABORTED', 'aborted while waiting for another write to the same gateway');
      return task();
    });
    const tail = run.catch(() => undefined);
    tails.set(key, tail);
    void tail.then(() => tails.get(key) === tail && tails.delete(key));
    return run;
  };
}
